import { chipDevice } from '../chip/chip-device.ts';
import type { ChipDescription } from '../chip/description.ts';
import { canonicalJson } from '../config/canonical-json.ts';
import { InputError, inputError } from '../config/issue.ts';
import { type Program, placeOf } from '../isa/program.ts';
import { validateProgram } from '../isa/validate.ts';
import type { Ending } from '../timing/outcome.ts';
import type { IssuedWord } from '../timing/word.ts';
import type { ControllerInput, ControllerValues } from './chip-values.ts';
import { describeRaces, type RaceReport } from './describe-races.ts';
import { timeByPhase } from './energy-report.ts';
import { manifestOf } from './manifest.ts';
import { programLimitsOf } from './simulate-program.ts';
import { type LinkSettings, timeChips } from './time-chips.ts';

export interface ControllerReport {
  readonly program: string;
  readonly chip: string;
  readonly ending: string;
  readonly why?: string;
  readonly seconds: number;
  readonly cycles: number;
  readonly energy: { readonly total: number; readonly byComponent: Readonly<Record<string, number>> };
  readonly instructions: number;
  /** Time its unit worked the longest. */
  readonly busiest: { readonly unit: string; readonly seconds: number };
  /** Time charged to each phase, s. */
  readonly byPhase: Readonly<Record<string, number>>;
  /** Samples LOSS saw, and hits among them, at the end of each evaluation region; a part of a network without its end has none. */
  readonly evaluations: readonly { readonly ageSeconds: number; readonly count: number; readonly hits: number }[];
  /** Samples that LOSS scored while `evaluate` was charged, all ages together; 0 for parts of a network without its end. */
  readonly samples: number;
  /** Accuracy of the float reference, where the program says it. */
  readonly referenceAccuracy?: number;
}

/** `ohmic.controllers/1`: several programs, one a chip, that exchange messages. */
export interface ChipsReport {
  readonly schema: 'ohmic.controllers/1';
  /** `halted` when all controllers did, and `raced` when they raced in a shared DRAM. */
  readonly ending: string;
  readonly fidelity: 'full' | 'timing';
  /** One DRAM behind one port for all controllers. */
  readonly sharedDram: boolean;
  readonly races: readonly RaceReport[];
  /** Until the last one ended. */
  readonly seconds: number;
  /** Chips that ended earlier leak until the end; links are part of the total. */
  readonly energy: { readonly total: number; readonly chips: number; readonly links: number };
  readonly controllers: readonly ControllerReport[];
  readonly links: readonly {
    readonly from: number;
    readonly to: number;
    readonly messages: number;
    readonly bytes: number;
    readonly seconds: number;
    readonly joules: number;
  }[];
  readonly linkSettings: LinkSettings;
}

/** A program and the chip it runs on. */
export interface ProgramOnChip {
  readonly program: Program;
  readonly chip: ChipDescription;
}

export interface ChipsInput {
  readonly programs: readonly ProgramOnChip[];
  readonly links: LinkSettings;
  readonly seed: number;
  /** Seed of the first chip; the others count on. */
  readonly chipSeed: number;
  readonly fidelity?: 'full' | 'timing';
  /** One DRAM for all; default: each chip has one of its own. */
  readonly sharedDram?: boolean;
}

export interface ChipsRun {
  readonly report: ChipsReport;
  readonly values: readonly ControllerValues[];
}

const why = (ending: Ending, program: Program): string | undefined => {
  if (ending.ended === 'trapped') return `${placeOf(program, ending.word)}: ${ending.reason}`;
  return ending.ended === 'deadlocked' ? ending.waits.join('; ') : undefined;
};

/** Throws InputError when the loader refuses a program, or chips that share a memory describe different ones. */
export function checkPrograms({ programs, sharedDram = false }: Pick<ChipsInput, 'programs' | 'sharedDram'>): void {
  const count = programs.length;
  const issues = programs.flatMap(({ program, chip }, own) =>
    validateProgram(program, { ...programLimitsOf(chip), controllers: { count, own } }),
  );
  if (issues.length > 0) throw new InputError(issues);
  const [first] = programs;
  const other = programs.find(({ chip }) => canonicalJson(chip.dram) !== canonicalJson(first!.chip.dram));
  if (sharedDram && other !== undefined)
    throw inputError('--shared-dram', `another DRAM on the chip of ${other.program.sourceName}`, 'chips with the same dram');
}

export const controllersOf = (programs: readonly ProgramOnChip[], chipSeed: number): readonly ControllerInput[] =>
  programs.map(({ program, chip }, own) => ({
    ...{ program, chip, device: chipDevice(chip), chipSeed: chipSeed + own },
    declared: manifestOf(program.manifest)?.declared ?? [],
  }));

/** Samples whose LOSS was charged to `evaluate`. */
function scoredSamples({ regions }: Program, words: readonly IssuedWord[]): number {
  const evaluate = regions.findIndex(({ kind, name }) => kind === 'phase' && name === 'evaluate');
  return words.reduce(
    (sum, { operation }) => (operation.mnemonic === 'LOSS' && operation.phase === evaluate ? sum + operation.rows : sum),
    0,
  );
}

/**
 * Runs programs that exchange messages, each on a chip of its own. Throws InputError when the loader refuses one, and where programs and
 * chips cannot share a DRAM.
 */
export function simulateChips(input: ChipsInput): ChipsRun {
  checkPrograms(input);
  const { programs, links, seed, chipSeed, fidelity = 'full', sharedDram = false } = input;
  const inputs = controllersOf(programs, chipSeed);
  const run = timeChips({ controllers: inputs, links, settings: { seed, fidelity, sharedDram } });
  const { controllers: values, timings: chips, links: uses } = run;
  const seconds = Math.max(...chips.map(({ picoseconds }) => Number(picoseconds) * 1e-12));
  const controllers = chips.map((timing, own): ControllerReport => {
    const { program, chip } = inputs[own]!;
    // What the values say: the timing machine only sees that words stop coming.
    const { ending, machine, words } = values[own]!;
    const byComponent: Record<string, number> = {};
    const add = (component: string, joules: number): void => {
      byComponent[component] = (byComponent[component] ?? 0) + joules;
    };
    for (const { component, joules } of timing.dynamic) add(component, joules);
    const ownSeconds = Number(timing.picoseconds) * 1e-12;
    for (const { component, joules } of timing.leakage) add(component, ownSeconds > 0 ? (joules * seconds) / ownSeconds : joules);
    const busiest = timing.units.reduce((most, unit) => (unit.busyPs > most.busyPs ? unit : most));
    const reason = why(ending, program);
    const reference = manifestOf(program.manifest)?.referenceAccuracy;
    return {
      ...{ program: program.sourceName, chip: chip.name, ending: ending.ended, ...(reason === undefined ? {} : { why: reason }) },
      ...{ seconds: ownSeconds, cycles: Number(timing.cycles), instructions: words.length },
      energy: { total: Object.values(byComponent).reduce((sum, joules) => sum + joules, 0), byComponent },
      busiest: { unit: busiest.unit, seconds: busiest.busyPs * 1e-12 },
      byPhase: timeByPhase(timing, program.regions),
      evaluations: (machine?.results ?? [])
        .filter((result) => result.count > 0)
        .map((result) => ({ ageSeconds: result.ageSeconds, count: result.count, hits: result.hits })),
      samples: scoredSamples(program, words),
      ...(reference === undefined ? {} : { referenceAccuracy: reference }),
    };
  });
  const linkRows = uses.map(({ from, to, messages, bytes, busyPs }) => ({
    ...{ from, to, messages, bytes, seconds: busyPs * 1e-12, joules: bytes * links.joulesPerByte },
  }));
  const [ofChips, ofLinks] = [
    controllers.reduce((sum, { energy }) => sum + energy.total, 0),
    linkRows.reduce((sum, { joules }) => sum + joules, 0),
  ];
  const races = describeRaces(
    run.races,
    inputs.map(({ program }) => program),
  );
  const report: ChipsReport = {
    schema: 'ohmic.controllers/1',
    ending: controllers.find(({ ending }) => ending !== 'halted')?.ending ?? (races.length > 0 ? 'raced' : 'halted'),
    ...{ fidelity, sharedDram, races },
    seconds,
    energy: { total: ofChips + ofLinks, chips: ofChips, links: ofLinks },
    ...{ controllers, links: linkRows, linkSettings: links },
  };
  return { report, values };
}

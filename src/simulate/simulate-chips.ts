import { chipDevice } from '../chip/chip-device.ts';
import { costTableOf } from '../chip/cost-table-of.ts';
import type { ChipDescription } from '../chip/description.ts';
import { timingParameters } from '../chip/timing-parameters.ts';
import { InputError } from '../config/issue.ts';
import type { Program } from '../isa/program.ts';
import { validateProgram } from '../isa/validate.ts';
import type { Ending } from '../timing/outcome.ts';
import { runChips } from '../timing/run-chips.ts';
import { type ControllerValues, runChipValues } from './chip-values.ts';
import { timeByPhase } from './energy-report.ts';
import { programLimitsOf } from './simulate-program.ts';

/** What connects chips. */
export interface LinkSettings {
  readonly bytesPerSecond: number;
  readonly latencySeconds: number;
  readonly joulesPerByte: number;
}

/**
 * HyperTransport as ISAAC charges it: four links of 6.4 GB/s at 10.4 W together (Shafiee et al., ISCA 2016, table I), all of it taken as
 * energy of bytes; the latency is assumed.
 */
export const defaultLinks: LinkSettings = {
  bytesPerSecond: 6.4e9,
  latencySeconds: 100e-9,
  joulesPerByte: 10.4 / (4 * 6.4e9),
};

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
}

/** `ohmic.chips/1`: several programs, one a chip, that exchange messages. */
export interface ChipsReport {
  readonly schema: 'ohmic.chips/1';
  /** `halted` when all controllers did. */
  readonly ending: string;
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

export interface ChipsInput {
  readonly programs: readonly { readonly program: Program; readonly chip: ChipDescription }[];
  readonly links: LinkSettings;
  readonly seed: number;
  /** Seed of the first chip; the others count on. */
  readonly chipSeed: number;
}

export interface ChipsRun {
  readonly report: ChipsReport;
  readonly values: readonly ControllerValues[];
}

const why = (ending: Ending): string | undefined => {
  if (ending.ended === 'trapped') return `word ${ending.word}: ${ending.reason}`;
  return ending.ended === 'deadlocked' ? ending.waits.join('; ') : undefined;
};

/** Runs programs that exchange messages, each on a chip of its own. Throws InputError when the loader refuses one. */
export function simulateChips({ programs, links, seed, chipSeed }: ChipsInput): ChipsRun {
  const count = programs.length;
  const issues = programs.flatMap(({ program, chip }, own) =>
    validateProgram(program, { ...programLimitsOf(chip), controllers: { count, own } }),
  );
  if (issues.length > 0) throw new InputError(issues);
  const inputs = programs.map(({ program, chip }, own) => ({
    program,
    chip,
    device: chipDevice(chip),
    chipSeed: chipSeed + own,
  }));
  const values = runChipValues(inputs, seed);
  const costs = inputs.map(({ chip }) => costTableOf(chip));
  const { chips, links: uses } = runChips(
    inputs.map(({ program, chip, device }, own) => {
      const words = values[own]!.words.values();
      return {
        ...{ parameters: timingParameters(chip, device), costs: costs[own]!, regions: program.regions },
        source: { next: () => words.next().value },
      };
    }),
    { bytesPerSecond: links.bytesPerSecond, latencyPs: Math.round(links.latencySeconds * 1e12) },
  );
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
    const reason = why(ending);
    return {
      ...{ program: program.sourceName, chip: chip.name, ending: ending.ended, ...(reason === undefined ? {} : { why: reason }) },
      ...{ seconds: ownSeconds, cycles: Number(timing.cycles), instructions: words.length },
      energy: { total: Object.values(byComponent).reduce((sum, joules) => sum + joules, 0), byComponent },
      busiest: { unit: busiest.unit, seconds: busiest.busyPs * 1e-12 },
      byPhase: timeByPhase(timing, program.regions),
      evaluations: machine.results
        .filter((result) => result.count > 0)
        .map((result) => ({ ageSeconds: result.ageSeconds, count: result.count, hits: result.hits })),
    };
  });
  const linkRows = uses.map(({ from, to, messages, bytes, busyPs }) => ({
    ...{ from, to, messages, bytes, seconds: busyPs * 1e-12, joules: bytes * links.joulesPerByte },
  }));
  const [ofChips, ofLinks] = [
    controllers.reduce((sum, { energy }) => sum + energy.total, 0),
    linkRows.reduce((sum, { joules }) => sum + joules, 0),
  ];
  const report: ChipsReport = {
    schema: 'ohmic.chips/1',
    ending: controllers.find(({ ending }) => ending !== 'halted')?.ending ?? 'halted',
    seconds,
    energy: { total: ofChips + ofLinks, chips: ofChips, links: ofLinks },
    ...{ controllers, links: linkRows, linkSettings: links },
  };
  return { report, values };
}

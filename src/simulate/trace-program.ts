import { chipDevice } from '../chip/chip-device.ts';
import { costTableOf } from '../chip/cost-table-of.ts';
import type { ChipDescription } from '../chip/description.ts';
import { timingParameters } from '../chip/timing-parameters.ts';
import type { Program } from '../isa/program.ts';
import type { EnergyEntry, TimingOutcome } from '../timing/outcome.ts';
import type { Trace, WordRecord } from '../timing/trace.ts';
import { manifestOf } from './manifest.ts';
import { runInstance } from './run-instance.ts';
import { checkPrograms, controllersOf, type ProgramOnChip } from './simulate-chips.ts';
import { type LinkSettings, timeChips } from './time-chips.ts';

/** The window of a timeline, seconds from the start of the program. */
export interface TraceWindow {
  readonly fromSeconds: number;
  readonly toSeconds: number;
  /** Records kept at most. */
  readonly most: number;
}

/** The life of every word in a window, with what it takes to draw power. */
export interface ProgramTrace {
  readonly program: Program;
  readonly records: readonly WordRecord[];
  /** Words in the window beyond the most that are kept. */
  readonly left: number;
  /** Of the whole program: dynamic energy by layer and phase, J, and the time in which its words run, ps. */
  readonly energy: readonly (Pick<EnergyEntry, 'layer' | 'phase' | 'joules'> & { readonly busyPs: number })[];
  readonly leakageWatts: number;
  readonly picoseconds: bigint;
}

/** Sums over components, layer by layer and phase by phase; busy time counts every word apart. */
function energyOf(entries: readonly EnergyEntry[], busy: ReadonlyMap<string, number>): ProgramTrace['energy'] {
  const sums = new Map<string, { layer: number; phase: number; joules: number }>();
  for (const { layer, phase, joules } of entries) {
    const key = `${layer} ${phase}`;
    const sum = sums.get(key);
    if (sum === undefined) sums.set(key, { layer, phase, joules });
    else sum.joules += joules;
  }
  return [...sums].map(([key, sum]) => ({ ...sum, busyPs: busy.get(key) ?? 0 }));
}

/** Keeps the records of a window, and the busy time of every layer and phase. */
function createKeeper({ fromSeconds, toSeconds, most }: TraceWindow) {
  const [from, to] = [fromSeconds * 1e12, toSeconds * 1e12];
  const kept = { records: [] as WordRecord[], busy: new Map<string, number>(), left: 0 };
  const trace: Trace = (record) => {
    const key = `${record.layer} ${record.phase}`;
    kept.busy.set(key, (kept.busy.get(key) ?? 0) + Number(record.endedPs - record.startedPs));
    if (Number(record.endedPs) < from || Number(record.startedPs) > to) return;
    if (kept.records.length < most) kept.records.push(record);
    else kept.left += 1;
  };
  return { kept, trace };
}

type Kept = ReturnType<typeof createKeeper>['kept'];

const traceOf = (
  program: Program,
  chip: ChipDescription,
  { records, busy, left }: Kept,
  timing: TimingOutcome,
): ProgramTrace => ({
  ...{ program, records, left, energy: energyOf(timing.dynamic, busy), leakageWatts: costTableOf(chip).totalLeakage },
  picoseconds: timing.picoseconds,
});

/** Runs a program on the timing machine, at declared activity, and keeps the life of its words. */
export function traceProgram(program: Program, chip: ChipDescription, window: TraceWindow): ProgramTrace {
  const device = chipDevice(chip);
  const { kept, trace } = createKeeper(window);
  const declared = manifestOf(program.manifest)?.declared ?? [];
  const { timing } = runInstance({
    ...{ program, chip, device, costs: costTableOf(chip), fidelity: 'timing', seed: 1, chipSeed: 1, declared, trace },
    parameters: timingParameters(chip, device),
  });
  return traceOf(program, chip, kept, timing!);
}

/** The same of several programs that exchange messages, each on a chip of its own. Throws InputError when the loader refuses one. */
export function traceChips(
  programs: readonly ProgramOnChip[],
  window: TraceWindow,
  connected: { readonly links: LinkSettings; readonly sharedDram: boolean },
): readonly ProgramTrace[] {
  checkPrograms({ programs, sharedDram: connected.sharedDram });
  const keepers = programs.map(() => createKeeper(window));
  const { timings } = timeChips({
    controllers: controllersOf(programs, 1),
    links: connected.links,
    settings: { seed: 1, fidelity: 'timing', sharedDram: connected.sharedDram },
    trace: (own) => keepers[own]!.trace,
  });
  return programs.map(({ program, chip }, own) => traceOf(program, chip, keepers[own]!.kept, timings[own]!));
}

import { chipDevice } from '../chip/chip-device.ts';
import { costTableOf } from '../chip/cost-table-of.ts';
import type { ChipDescription } from '../chip/description.ts';
import { timingParameters } from '../chip/timing-parameters.ts';
import type { Program } from '../isa/program.ts';
import type { EnergyEntry } from '../timing/outcome.ts';
import type { WordRecord } from '../timing/trace.ts';
import { manifestOf } from './manifest.ts';
import { runInstance } from './run-instance.ts';

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

/** Runs a program on the timing machine, at declared activity, and keeps the life of its words. */
export function traceProgram(program: Program, chip: ChipDescription, window: TraceWindow): ProgramTrace {
  const device = chipDevice(chip);
  const costs = costTableOf(chip);
  const manifest = manifestOf(program.manifest);
  const [from, to] = [window.fromSeconds, window.toSeconds].map((seconds) => seconds * 1e12);
  const records: WordRecord[] = [];
  const busy = new Map<string, number>();
  let left = 0;
  const { timing } = runInstance({
    ...{ program, chip, device, costs, fidelity: 'timing', seed: 1, chipSeed: 1, declared: manifest?.declared ?? [] },
    parameters: timingParameters(chip, device),
    trace: (record) => {
      const key = `${record.layer} ${record.phase}`;
      busy.set(key, (busy.get(key) ?? 0) + Number(record.endedPs - record.startedPs));
      if (Number(record.endedPs) < from! || Number(record.startedPs) > to!) return;
      if (records.length < window.most) records.push(record);
      else left += 1;
    },
  });
  return {
    ...{ program, records, left, energy: energyOf(timing!.dynamic, busy), leakageWatts: costs.totalLeakage },
    picoseconds: timing!.picoseconds,
  };
}

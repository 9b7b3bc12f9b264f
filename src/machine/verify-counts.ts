import type { Activity } from '../sequence/activity.ts';
import type { GroupCsrs } from '../sequence/issued-operation.ts';
import { applyCounts, type CountBox } from './apply-counts.ts';
import type { MachineContext } from './context.ts';
import { throughAccess } from './line-conductance.ts';
import { serialSteps } from './program-steps.ts';
import type { PulsedGroup } from './pulsable-group.ts';
import { beginPulses, endPulses } from './pulse-settings.ts';
import { pulsedArray } from './pulsed-state.ts';

/**
 * Reads every cell with a count other than 0, then pulses and reads it until it has moved by its count, within half a step or
 * PROGRAM_TOLERANCE of full scale, whichever is larger; PROGRAM_LIMIT pulses at most. Verify reads are free of noise.
 */
export function verifyCounts(
  context: MachineContext,
  state: PulsedGroup,
  csrs: GroupCsrs,
  box: CountBox,
  sequence: number,
): Partial<Activity> & Pick<Activity, 'pulses'> {
  const { kernels, chip, device } = context;
  const { cell } = state.pulsed;
  const { rows, columns } = state.layout;
  const used = new Uint16Array(rows * columns);
  const [failedCells, joules, total] = run();
  const copies = state.shape.replicas;
  const { readV, accessOhm, parallelWrites } = chip.tile.array;
  let reads = total;
  for (let i = 0; i < used.length; i++) if (used[i]! > 0) reads++;
  const readSiemens = reads * throughAccess(state.map.middleS, accessOhm);
  const outcome = { pulses: used, failed: failedCells, pulseJoules: joules };
  return {
    pulses: copies * total,
    pulseJoules: copies * joules,
    verifyReads: copies * reads,
    failedCells: copies * failedCells,
    readJoules: copies * readV * readV * device.verifySeconds * readSiemens,
    ...serialSteps(state, [{ array: pulsedArray(state), outcome }], parallelWrites, true),
  };

  function run(): readonly [number, number, number] {
    if (cell.law === 'exact') {
      const counts = kernels.i32(box.counts, box.rows * box.columns);
      const { pulses } = applyCounts(context, state, box, sequence, 0);
      note(counts.map((count) => Math.abs(count)));
      return [0, 0, pulses / state.shape.replicas];
    }
    const settings = beginPulses(context, state, sequence, 0);
    const tolerance = Math.max(cell.granularity / 2, csrs.programTolerance);
    const failed = kernels.pulseVerified(
      settings,
      box.counts,
      box.row0,
      box.column0,
      box.rows,
      box.columns,
      cell.granularity,
      tolerance,
      csrs.programLimit,
    );
    note(kernels.i32(box.counts, box.rows * box.columns));
    const { pulses, joules } = endPulses(context, state);
    return [failed, joules, pulses];
  }

  function note(counts: Int32Array): void {
    for (let r = 0; r < box.rows; r++)
      for (let c = 0; c < box.columns; c++) used[(box.row0 + r) * columns + box.column0 + c] = counts[r * box.columns + c]!;
  }
}

import { cellRecord } from '../device/pulsed/cell-record.ts';
import type { PulsedCell } from '../device/pulsed/pulsed-cell.ts';
import { meanStep } from '../device/pulsed/symmetry-point.ts';
import { type Activity, idleActivity } from '../sequence/activity.ts';
import type { IssuedOperation } from '../sequence/issued-operation.ts';
import { applyCounts } from './apply-counts.ts';
import type { MachineContext } from './context.ts';
import { forgetCoincidences, preparePulses, programActivity, programArrays } from './program-arrays.ts';
import { type PulsedGroup, pulseResponse } from './pulsable-group.ts';
import { cellCount, pulsedArray } from './pulsed-state.ts';
import type { GroupState, PulsedState } from './state.ts';

/**
 * PRG.one-shot: without a read. All cells at once are erased, by as many down pulses as the mean cell of the array needs from its upper
 * bound; then every cell takes, row by row, the up pulses that bring the mean cell to its target. What cells differ by from their mean,
 * and from pulse to pulse, stays as error. Reference cells of a group that holds nothing yet are programmed with verify reads first.
 */
export function programOnce(context: MachineContext, op: IssuedOperation, state: GroupState, tolerance: number): Activity {
  const cell = pulseResponse(context, op, state);
  if (cell.law === 'exact') return exactOnce(context, state, tolerance);
  const references = state.pulsed === undefined ? startErased(context, state, tolerance) : undefined;
  const { kernels } = context;
  const { rows, columns, rowSpans, columnSpans } = state.layout;
  const pulsed = state.pulsed!;
  const group = state as PulsedGroup;
  const { erasing, levels } = nominalPulses(context, state, pulsed, cell);
  const mark = kernels.mark();
  const counts = kernels.allocate(4 * rows * columns);
  const box = { row0: 0, column0: 0, rows, columns, counts };
  kernels.i32(counts, rows * columns).fill(-erasing);
  const erased = applyCounts(context, group, box, op.sequence, 0);
  const targets = kernels.f32(state.targets, rows * columns);
  const own = kernels.f32(pulsed.references, rows * columns);
  const reference = own.reduce((sum, value) => sum + value, 0) / own.length;
  const into = kernels.i32(counts, rows * columns);
  for (let i = 0; i < into.length; i++) into[i] = nearest(levels, targets[i]! + reference);
  const written = applyCounts(context, group, box, op.sequence, 1);
  kernels.release(mark);
  forgetCoincidences(context, state);
  const pulses = erased.pulses + written.pulses;
  context.specials.pulses += pulses;
  // erasing drives every line in every slot
  const erasingLines = erasing * state.shape.replicas * (rows * columnSpans.length + columns * rowSpans.length);
  return {
    ...(references ?? idleActivity),
    pulses: pulses + (references?.pulses ?? 0),
    pulseJoules: erased.pulseJoules + written.pulseJoules + (references?.pulseJoules ?? 0),
    linePulses: erasingLines + written.linePulses,
    pulseSlots: new Float64Array([erasing + written.slots]),
  };
}

/** The ideal cell: one pulse, which needs no read. */
function exactOnce(context: MachineContext, state: GroupState, tolerance: number): Activity {
  const programmed = programArrays(context, state, tolerance, state.shape.csrs.programLimit);
  preparePulses(context, state, programmed);
  const { pulses, programReads } = programActivity(context, state, programmed);
  return { ...idleActivity, pulses, pulseSlots: new Float64Array([Math.max(0, ...(programReads ?? []))]) };
}

/** A group that holds nothing yet: fresh cells stand at their lowest weight, references are programmed. */
function startErased(context: MachineContext, state: GroupState, tolerance: number): Activity {
  const own = pulsedArray(state);
  const references = programArrays(context, state, tolerance, state.shape.csrs.programLimit, (array) => array !== own);
  context.kernels.f32(own.writtenS, cellCount(state)).fill(state.map.targets[own.device]!(-1));
  preparePulses(context, state, references);
  return programActivity(context, state, references);
}

/** Longest train to erase with, and most pulses towards a target. */
const longest = 4096;

/** Pulses that erase the mean cell, and where it stands after 0, 1, 2 ... up pulses from there. */
function nominalPulses(context: MachineContext, state: GroupState, { records }: PulsedState, cell: PulsedCell) {
  const mean = meanRecord(context.kernels.f32(records, cellRecord.floats * cellCount(state)));
  const [low, high] = [mean[cellRecord.lower]!, mean[cellRecord.upper]!];
  const close = cell.granularity / 2;
  let [erasing, x] = [0, high];
  for (; x > low + close && erasing < longest; erasing++) x = Math.max(low, x - Math.max(0, meanStep(cell, mean, 0, x, false)));
  const levels = [x];
  while (x < high - close && levels.length < longest) {
    const next = Math.min(high, x + meanStep(cell, mean, 0, x, true));
    if (!(next > x)) break;
    levels.push(next);
    x = next;
  }
  return { erasing, levels };
}

function meanRecord(records: Float32Array): Float64Array {
  const mean = new Float64Array(cellRecord.floats);
  const share = cellRecord.floats / records.length;
  for (let at = 0; at < records.length; at++) mean[at % cellRecord.floats]! += records[at]! * share;
  return mean;
}

/** Index of the level next to a value; levels ascend. */
function nearest(levels: readonly number[], value: number): number {
  let [low, high] = [0, levels.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (levels[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low > 0 && value - levels[low - 1]! < levels[low]! - value ? low - 1 : low;
}

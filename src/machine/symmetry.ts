import { cellRecord } from '../device/pulsed/cell-record.ts';
import { symmetryPoint } from '../device/pulsed/symmetry-point.ts';
import { purposes } from '../numeric/purposes.ts';
import { type Activity, idleActivity } from '../sequence/activity.ts';
import type { IssuedOperation } from '../sequence/issued-operation.ts';
import { applyCounts } from './apply-counts.ts';
import type { MachineContext } from './context.ts';
import { cellBlock } from './group-state.ts';
import { throughAccess } from './line-conductance.ts';
import { numberOf } from './memory.ts';
import { serialSteps } from './program-steps.ts';
import { type PulsedGroup, pulsedGroup } from './pulsable-group.ts';
import { updateKey } from './pulse-settings.ts';
import { adoptConductances, cellCount, referenceArray, syncWritten } from './pulsed-state.ts';
import type { CellArray } from './state.ts';
import { trap } from './trap.ts';

/** Pulse pairs that bring a cell to its symmetry point where nobody names a number. Assumed: many times the states of any cell here. */
export const standardPairs = 500;

/** PRG.reset-to-symmetry: alternating up and down pulses, one of each per pair, on all cells at once. */
export function resetToSymmetry(context: MachineContext, op: IssuedOperation): Activity {
  const state = pulsedGroup(context, op);
  const pairs = Math.round(numberOf(op, 'b', 0)) || standardPairs;
  if (pairs < 0) throw trap(op, `finds ${pairs} pulse pairs; want at least 1`);
  return { ...idleActivity, ...alternate(context, state, op.sequence, 0, 2 * pairs) };
}

/** Pulses `first` to `first + count - 1` of an alternating train on all cells at once, up pulses at even places. */
export function alternate(context: MachineContext, state: PulsedGroup, sequence: number, first: number, count: number) {
  const { kernels } = context;
  const { rows, columns, rowSpans, columnSpans } = state.layout;
  const mark = kernels.mark();
  const counts = kernels.allocate(4 * rows * columns);
  let [pulses, pulseJoules] = [0, 0];
  for (let pulse = first; pulse < first + count; pulse++) {
    kernels.i32(counts, rows * columns).fill(pulse % 2 === 0 ? 1 : -1);
    const box = { row0: 0, column0: 0, rows, columns, counts };
    const done = applyCounts(context, state, box, sequence, pulse);
    pulses += done.pulses;
    pulseJoules += done.pulseJoules;
  }
  kernels.release(mark);
  context.specials.pulses += pulses;
  const linePulses = count * state.shape.replicas * (rows * columnSpans.length + columns * rowSpans.length);
  return { pulses, pulseJoules, linePulses, pulseSlots: new Float64Array([count]) };
}

/** PRG.zero-shift: programs every reference cell to the symmetry point of its partner, with the device's reference error. */
export function zeroShift(context: MachineContext, op: IssuedOperation): Activity {
  const state = pulsedGroup(context, op);
  const array = ownReferences(op, state);
  syncWritten(context, state);
  writeTargets(context, state);
  return { ...idleActivity, ...programReferences(context, op, state, array) };
}

/** The reference cells of a mapping that has one for each weight; traps where it has not. */
export function ownReferences(op: IssuedOperation, state: PulsedGroup): CellArray {
  const array = referenceArray(state);
  if (array === undefined)
    throw trap(op, `shifts W${state.shape.id} with mapping ${state.shape.csrs.mapping}; want reference-cell`);
  return array;
}

/** Programs the reference cells to the conductances in their `writtenS`, which stay where they are from then on. */
export function programReferences(context: MachineContext, op: IssuedOperation, state: PulsedGroup, array: CellArray) {
  const { kernels, device } = context;
  const { rows, columns } = state.layout;
  state.event++;
  const block = cellBlock(context, state, array);
  const outcome = device.program(
    kernels,
    array.writtenS,
    array.writtenS,
    block,
    op.group!.csrs.programTolerance,
    op.group!.csrs.programLimit,
  );
  state.pulsed.shifted = true;
  adoptConductances(context, state, 'writtenS');
  const { readV, accessOhm, parallelWrites } = context.chip.tile.array;
  let [pulses, siemens] = [0, 0];
  const cells = kernels.f32(array.writtenS, rows * columns);
  for (let i = 0; i < cells.length; i++) {
    pulses += outcome.pulses[i]!;
    siemens += (outcome.pulses[i]! + 1) * throughAccess(cells[i]!, accessOhm);
  }
  const copies = state.shape.replicas;
  return {
    pulses: copies * pulses,
    verifyReads: copies * (pulses + cells.length),
    failedCells: copies * outcome.failed,
    pulseJoules: copies * outcome.pulseJoules,
    readJoules: copies * readV * readV * device.verifySeconds * siemens,
    ...serialSteps(state, [{ array, outcome }], parallelWrites),
  };
}

/** Conductances of the symmetry points, reference error included, where the reference cells are written. */
function writeTargets(context: MachineContext, state: PulsedGroup): void {
  const { kernels } = context;
  const { cell } = state.pulsed;
  const { rows, columns } = state.layout;
  const count = cellCount(state);
  const mark = kernels.mark();
  const noiseAt = kernels.allocate(4 * count);
  const { key0, key1 } = updateKey(context, purposes.transfer);
  if (cell.referenceNoise > 0) kernels.normalGrid(noiseAt, rows, columns, columns, 0, 0, key0, key1, state.shape.id, state.event);
  const noise = kernels.f32(noiseAt, count);
  const records = cell.law === 'exact' ? undefined : kernels.f32(state.pulsed.records, cellRecord.floats * count);
  const targets = kernels.f32(referenceArray(state)!.writtenS, count);
  for (let i = 0; i < count; i++) {
    const point = records === undefined ? 0 : symmetryPoint(cell, records, cellRecord.floats * i);
    targets[i] = Math.max(0, state.map.middleS + (point + cell.referenceNoise * noise[i]!) * state.map.scaleS);
  }
  kernels.release(mark);
}

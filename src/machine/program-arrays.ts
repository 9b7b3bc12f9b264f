import { cellRecord } from '../device/pulsed/cell-record.ts';
import { type Activity, idleActivity } from '../sequence/activity.ts';
import type { GroupShape, IssuedOperation } from '../sequence/issued-operation.ts';
import type { MachineContext } from './context.ts';
import { cellBlock, groupForProgramming } from './group-state.ts';
import { throughAccess } from './line-conductance.ts';
import { describe, spmPointer } from './memory.ts';
import { type ProgrammedArray, serialSteps } from './program-steps.ts';
import { adoptConductances, cellCount, createPulsedState, isPulsable, pulsedArray, referenceArray } from './pulsed-state.ts';
import { sliceWeight } from './slice-weights.ts';
import type { CellArray, GroupState } from './state.ts';
import { trap } from './trap.ts';

/** The state of a group that is programmed, made where it has none. */
export function stateOf(context: MachineContext, op: IssuedOperation, shape: GroupShape): GroupState {
  try {
    return groupForProgramming(context, shape);
  } catch (error) {
    if (error instanceof RangeError) throw trap(op, error.message);
    throw error;
  }
}

/** Target weights as a fraction of WEIGHT_MAX, clipped to +-1. */
export function loadTargets(context: MachineContext, op: IssuedOperation, state: GroupState): void {
  const { kernels } = context;
  const { rows, columns } = state.layout;
  const count = rows * columns;
  const targets = kernels.f32(state.targets, count);
  if (op.a.kind === 'dram') context.dram.read(op.a.address, kernels.u8(state.targets, 4 * count));
  else if (op.a.kind === 'spm') targets.set(kernels.f32(spmPointer(context.scratchpad, op, op.a.address, count, 'f32'), count));
  else throw trap(op, `operand A is ${describe(op.a)}; want the address of the weights`);
  const { weightMax } = op.group!.csrs;
  for (let i = 0; i < count; i++) {
    const weight = targets[i]!;
    if (Number.isNaN(weight)) throw trap(op, `finds NaN for the weight at row ${Math.floor(i / columns)}, column ${i % columns}`);
    targets[i] = Math.min(1, Math.max(-1, weight / weightMax));
  }
}

/** Programs the cell arrays of a group that `wanted` takes, by the device's program-and-verify. */
export function programArrays(
  context: MachineContext,
  state: GroupState,
  tolerance: number,
  limit: number,
  wanted: (array: CellArray) => boolean = () => true,
): ProgrammedArray[] {
  const { kernels, device } = context;
  const { slices, sliceBits } = state.shape.csrs;
  const all = (state.reference === undefined ? state.cells : [...state.cells, state.reference]).filter(wanted);
  // references that stand at the symmetry points stay there
  const arrays = state.pulsed?.shifted ? all.filter((array) => array !== referenceArray(state)) : all;
  const shift = state.pulsed?.shifted ? kernels.f32(referenceArray(state)!.writtenS, cellCount(state)).slice() : undefined;
  return arrays.map((array) => {
    const count = array.rows * array.columns;
    const [goals, weights] = [
      kernels.f32(array.writtenS, count),
      kernels.f32(state.targets, state.layout.rows * state.layout.columns),
    ];
    if (array === state.reference) goals.fill(state.map.middleS);
    else {
      const target = state.map.targets[array.device]!;
      for (let i = 0; i < count; i++) goals[i] = target(sliceWeight({ slices, bits: sliceBits }, weights[i]!, array.slice));
      if (shift !== undefined) for (let i = 0; i < count; i++) goals[i] = Math.max(0, goals[i]! + shift[i]! - state.map.middleS);
    }
    const outcome = device.program(kernels, array.writtenS, array.writtenS, cellBlock(context, state, array), tolerance, limit);
    return { array, outcome };
  });
}

/** Cells that can be pulsed hold what their own bounds allow; a device without pulses keeps what was written. */
export function preparePulses(context: MachineContext, state: GroupState, programmed: readonly ProgrammedArray[]): void {
  const { pulsed } = context.device;
  if (pulsed === undefined || !isPulsable(state) || (pulsed.law === 'exact' && state.pulsed === undefined)) return;
  state.pulsed ??= createPulsedState(context, state, pulsed);
  adoptConductances(context, state, 'writtenS');
  if (pulsed.law === 'exact') return;
  const records = context.kernels.f32(state.pulsed.records, cellRecord.floats * cellCount(state));
  const written = programmed.find(({ array }) => array === pulsedArray(state));
  for (const [cell, pulses] of written?.outcome.pulses.entries() ?? []) {
    const at = cellRecord.floats * cell + cellRecord.pulses;
    records[at] = records[at]! + pulses;
  }
  forgetCoincidences(context, state);
}

/** Programming pulses are no coincidences of an update. */
export function forgetCoincidences({ kernels }: MachineContext, state: GroupState): void {
  const { half, records } = state.pulsed!;
  const cells = kernels.f32(records, cellRecord.floats * half.pulses.length);
  for (let cell = 0; cell < half.pulses.length; cell++) half.pulses[cell] = cells[cellRecord.floats * cell + cellRecord.pulses]!;
}

/** What programming took: pulses, verify reads, heat and serial steps, replicas included. */
export function programActivity(context: MachineContext, state: GroupState, programmed: readonly ProgrammedArray[]): Activity {
  const { device, chip } = context;
  const { readV, accessOhm, parallelWrites } = chip.tile.array;
  const copies = state.shape.replicas;
  let [pulses, verifyReads, failedCells, pulseJoules, readSiemens] = [0, 0, 0, 0, 0];
  for (const { array, outcome } of programmed) {
    const cells = context.kernels.f32(array.writtenS, array.rows * array.columns);
    for (let i = 0; i < cells.length; i++) {
      const reads = outcome.pulses[i]! + 1;
      pulses += outcome.pulses[i]!;
      verifyReads += reads;
      readSiemens += reads * throughAccess(cells[i]!, accessOhm);
    }
    failedCells += outcome.failed;
    pulseJoules += outcome.pulseJoules;
  }
  return {
    ...idleActivity,
    readJoules: copies * readV * readV * device.verifySeconds * readSiemens,
    pulseJoules: copies * pulseJoules,
    ...serialSteps(state, programmed, parallelWrites),
    pulses: copies * pulses,
    verifyReads: copies * verifyReads,
    failedCells: copies * failedCells,
  };
}

import type { Kernels } from '../numeric/kernels.ts';
import { converterStep } from '../numeric/quantise.ts';
import { type Activity, idleActivity } from '../sequence/activity.ts';
import type { GroupShape, IssuedOperation } from '../sequence/issued-operation.ts';
import { operandRows } from '../sequence/operand-rows.ts';
import { applyDriftScale } from './apply-drift.ts';
import { type ArrayRead, createTally, type ReadTally } from './array-read.ts';
import { arrayView } from './array-view.ts';
import type { MachineContext } from './context.ts';
import { adcRange } from './converters.ts';
import { loadFloats, storeFloats } from './formats.ts';
import { programmedGroup } from './group-state.ts';
import { spmAddress, spmPointer } from './memory.ts';
import { readArray } from './read-array.ts';
import type { ArrayView, Direction, GroupState } from './state.ts';
import { flagOf } from './table-functions.ts';
import { trap } from './trap.ts';
import { windowRows } from './windows.ts';

/** MVM: y = W x. Operand A is n vectors of logical rows, or a window whose pixels are the vectors. */
export function mvm(context: MachineContext, op: IssuedOperation): Activity {
  return product(context, op, 'forward');
}

/** MVT: y = W^T x through the same cells; converters sit on the word lines. */
export function mvt(context: MachineContext, op: IssuedOperation): Activity {
  return product(context, op, 'transposed');
}

function product(context: MachineContext, op: IssuedOperation, direction: Direction): Activity {
  const state = programmedGroup(context, op as IssuedOperation & { mnemonic: 'MVM' | 'MVT' });
  const { csrs } = op.group!;
  const raw = direction === 'forward' && flagOf(op, 'RAW');
  if (raw && csrs.adcBits === 0) throw trap(op, 'asks for raw codes of an ideal converter; want ADC_BITS > 0');
  const whole = arrayView(context, state, direction, csrs.driftOn, csrs.irDrop);
  const view = raw ? firstBlock(whole) : whole;
  const { kernels } = context;
  const mark = kernels.mark();
  const x = direction === 'forward' ? rowVectors(context, op, op.group!) : inputVectors(context, op, op.group!, whole.inputs);
  const y = kernels.allocate(4 * op.length * view.outputs);
  const tally = createTally(op.length);
  const read: ArrayRead = {
    state,
    view,
    csrs,
    management: csrs.noiseManagement,
    retries: raw ? 0 : csrs.boundManagement,
    sequence: op.sequence,
  };
  readArray(
    context,
    raw ? { ...read, csrs: { ...csrs, weightMax: 1, noiseManagement: 'none' }, management: 'none' } : read,
    x,
    y,
    op.length,
    tally,
  );
  if (direction === 'forward' && !raw) applyDriftScale(context, state, y, op.length);
  if (raw) storeCodes(context, op, state, y, view.outputs);
  else if (direction === 'transposed' && csrs.constantRow) {
    const rows = operandRows(op.group!);
    storeVectors(context, op, strided(kernels, y, op.length, view.outputs, rows), op.length * rows);
  } else storeVectors(context, op, y, op.length * view.outputs);
  kernels.release(mark);
  return readActivity(context, tally, op.length * view.inputs);
}

const firstBlock = (view: ArrayView): ArrayView => ({
  ...view,
  blocks: view.blocks
    .slice(0, 1)
    .map((block) => ({ ...block, panels: block.panels.slice(0, 1).map((panel) => ({ ...panel, factor: 1 })) })),
});

/** f32[length x rows] of operand A, the row that the tile drives with 1 included. Scratch: the caller holds a mark. */
export function rowVectors(context: MachineContext, op: IssuedOperation, group: GroupShape): number {
  const given = operandRows(group);
  const x = inputVectors(context, op, group, given);
  if (given === group.rows) return x;
  const { kernels } = context;
  const whole = kernels.allocate(4 * op.length * group.rows);
  const [from, into] = [kernels.f32(x, op.length * given), kernels.f32(whole, op.length * group.rows)];
  for (let vector = 0; vector < op.length; vector++) {
    into.set(from.subarray(vector * given, (vector + 1) * given), vector * group.rows);
    into[vector * group.rows + given] = 1;
  }
  return whole;
}

/** The first `kept` of every `pitch` numbers, close together, in place. */
function strided(kernels: Kernels, y: number, n: number, pitch: number, kept: number): number {
  const values = kernels.f32(y, n * pitch);
  for (let vector = 1; vector < n; vector++) values.copyWithin(vector * kept, vector * pitch, vector * pitch + kept);
  return y;
}

/** f32[length x inputs] of operand A. */
export function inputVectors(context: MachineContext, op: IssuedOperation, group: GroupShape, inputs: number): number {
  const { inFormat, inUnit } = group.csrs;
  if (op.a.kind === 'window') return windowRows(context, op, op.a.window, inFormat, inUnit, inputs);
  const count = op.length * inputs;
  const pointer = spmPointer(context.scratchpad, op, spmAddress(op, 'a'), count, inFormat);
  return loadFloats(context.kernels, pointer, count, inFormat, inUnit);
}

function storeVectors(context: MachineContext, op: IssuedOperation, y: number, count: number): void {
  const { kernels, scratchpad } = context;
  const { outFormat } = op.group!.csrs;
  const target = spmPointer(scratchpad, op, spmAddress(op, 'd'), count, outFormat);
  if (flagOf(op, 'ACC')) kernels.axpy(y, loadFloats(kernels, target, count, outFormat), 1, count);
  if (op.mnemonic === 'MVM' && flagOf(op, 'RELU')) kernels.relu(y, y, count);
  storeFloats(kernels, target, y, count, outFormat);
}

/** RAW: results of row block 0 and the leading slice in converter steps, i32. */
function storeCodes(context: MachineContext, op: IssuedOperation, state: GroupState, y: number, outputs: number): void {
  const { kernels, scratchpad } = context;
  const { csrs } = op.group!;
  const count = op.length * outputs;
  const serial = csrs.dacMode === 'bit-serial' && csrs.inBits > 1;
  const unit = converterStep(csrs.adcBits, adcRange(state, csrs)) * (serial ? converterStep(csrs.inBits, 1) : 1);
  const target = spmPointer(scratchpad, op, spmAddress(op, 'd'), count, 'i32');
  const [codes, values] = [kernels.i32(target, count), kernels.f32(y, count)];
  for (let i = 0; i < count; i++) codes[i] = Math.round(values[i]! / unit);
}

/** Activity of a reading, and its counts added to the specials. `inputs` = vectors x lines. */
export function readActivity(context: MachineContext, tally: ReadTally, inputs: number): Activity {
  let retries = 0;
  for (const passes of tally.retries) retries += passes;
  context.specials.saturations += tally.saturations;
  context.specials.retries += retries;
  return {
    ...idleActivity,
    readJoules: tally.joules,
    inputActivity: inputs === 0 ? 0 : tally.inputSum / inputs,
    retries: retries === 0 ? undefined : tally.retries,
    saturations: tally.saturations,
  };
}

import type { Activity } from '../sequence/activity.ts';
import type { GroupCsrs, IssuedOperation } from '../sequence/issued-operation.ts';
import { type ArrayRead, createTally, type ReadTally } from './array-read.ts';
import { arrayView, type LineView, lineView } from './array-view.ts';
import type { MachineContext } from './context.ts';
import { programmedGroup } from './group-state.ts';
import { numberOf, spmAddress, spmPointer } from './memory.ts';
import { readActivity } from './mvm.ts';
import { shownWeights } from './pulsed-view.ts';
import { readArray } from './read-array.ts';
import type { ArrayView, GroupState } from './state.ts';
import { flagOf, functionOf } from './table-functions.ts';
import { trap } from './trap.ts';

/**
 * RDV: weights by one-hot inputs at full scale, without noise management (the scale of one pulse is known) and without
 * retries. `row` drives a word line and gives W[row, :], `column` reads transposed and gives W[:, column]; f32.
 */
export function readWeights(context: MachineContext, op: IssuedOperation): Activity {
  const state = programmedGroup(context, op as IssuedOperation & { mnemonic: 'RDV' });
  if (flagOf(op, 'RAW')) throw trap(op, 'asks for raw codes, which only MVM gives');
  const { csrs } = op.group!;
  const byRow = functionOf(op) === 'row';
  const first = numberOf(op, 'a', 0);
  const count = byRow ? state.layout.rows : state.layout.columns;
  if (first < 0 || first + op.length > count) throw trap(op, `reads lines ${first} to ${first + op.length - 1} of ${count}`);
  const lines = Array.from({ length: op.length }, (_, i) => first + i);
  const shown = byRow
    ? lineView(context, state, lines, csrs.driftOn, csrs.irDrop)
    : { view: arrayView(context, state, 'transposed', csrs.driftOn, csrs.irDrop), direct: false };
  const { view } = shown;
  const reads = !flagOf(op, 'REP') ? 1 : Math.max(1, numberOf(op, 'b', 1));
  const { kernels } = context;
  const mark = kernels.mark();
  const { vectors, tally } = readLines(context, { state, ...shown, csrs, sequence: op.sequence, lines, reads });
  const target = spmPointer(context.scratchpad, op, spmAddress(op, 'd'), op.length * view.outputs, 'f32');
  kernels.f32(target, op.length * view.outputs).set(kernels.f32(vectors, op.length * view.outputs));
  kernels.release(mark);
  return readActivity(context, tally, op.length * reads * view.inputs);
}

/** One-hot reading of some lines of a view. */
export interface LineReading extends LineView {
  readonly state: GroupState;
  readonly csrs: GroupCsrs;
  readonly sequence: number;
  readonly lines: readonly number[];
  /** Reads to average. */
  readonly reads: number;
}

/** f32[lines x outputs] in scratch: weights of the lines, each the mean of `reads` noisy reads. The caller holds a mark. */
export function readLines(
  context: MachineContext,
  { state, view, direct, csrs, sequence, lines, reads }: LineReading,
): { readonly vectors: number; readonly tally: ReadTally } {
  const { kernels } = context;
  const count = lines.length * reads;
  const vectors = kernels.allocate(4 * lines.length * view.outputs);
  const mark = kernels.mark();
  const [x, y] = [kernels.allocate(4 * count * view.inputs), kernels.allocate(4 * count * view.outputs)];
  const oneHot = kernels.f32(x, count * view.inputs);
  for (let i = 0; i < count; i++) oneHot[i * view.inputs + lines[Math.floor(i / reads)]!] = 1;
  const tally = createTally(count);
  const single = direct ? { single: { lines, reads, weights: copyLines(context, state, view, lines) } } : {};
  const read: ArrayRead = { state, view, csrs, management: 'none', retries: 0, sequence, ...single };
  readArray(context, read, x, y, count, tally);
  average(kernels.f32(y, count * view.outputs), kernels.f32(vectors, lines.length * view.outputs), reads, view.outputs);
  kernels.release(mark);
  return { vectors, tally };
}

/** f32[lines x outputs] in scratch: pulsed weights of the lines as the array shows them. */
function copyLines(context: MachineContext, state: GroupState, view: ArrayView, lines: readonly number[]): number {
  const { kernels } = context;
  const bytes = 4 * view.outputs;
  const copy = kernels.allocate(bytes * lines.length);
  for (const [k, line] of lines.entries()) {
    const mark = kernels.mark();
    const from = shownWeights(context, state, view, line, 1);
    kernels.u8(copy + bytes * k, bytes).set(kernels.u8(from, bytes));
    kernels.release(mark);
  }
  return copy;
}

/** Means over `reads` successive vectors of `width`. */
function average(from: Float32Array, into: Float32Array, reads: number, width: number): void {
  for (let i = 0; i < into.length; i++) {
    const start = Math.floor(i / width) * reads * width + (i % width);
    let sum = 0;
    for (let read = 0; read < reads; read++) sum += from[start + read * width]!;
    into[i] = sum / reads;
  }
}

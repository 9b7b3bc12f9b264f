import type { Activity } from '../sequence/activity.ts';
import type { IssuedOperation } from '../sequence/issued-operation.ts';
import { type ArrayRead, createTally } from './array-read.ts';
import { arrayView } from './array-view.ts';
import type { MachineContext } from './context.ts';
import { programmedGroup } from './group-state.ts';
import { numberOf, spmAddress, spmPointer } from './memory.ts';
import { readActivity } from './mvm.ts';
import { readArray } from './read-array.ts';
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
  const view = arrayView(context, state, functionOf(op) === 'row' ? 'forward' : 'transposed', csrs.driftOn, csrs.irDrop);
  const first = numberOf(op, 'a', 0);
  if (first < 0 || first + op.length > view.inputs)
    throw trap(op, `reads lines ${first} to ${first + op.length - 1} of ${view.inputs}`);
  const reads = !flagOf(op, 'REP') ? 1 : Math.max(1, numberOf(op, 'b', 1));
  const { kernels } = context;
  const mark = kernels.mark();
  const vectors = op.length * reads;
  const [x, y] = [kernels.allocate(4 * vectors * view.inputs), kernels.allocate(4 * vectors * view.outputs)];
  const oneHot = kernels.f32(x, vectors * view.inputs);
  for (let i = 0; i < vectors; i++) oneHot[i * view.inputs + first + Math.floor(i / reads)] = 1;
  const tally = createTally(vectors);
  const read: ArrayRead = { state, view, csrs, management: 'none', retries: 0, sequence: op.sequence };
  readArray(context, read, x, y, vectors, tally);
  const target = spmPointer(context.scratchpad, op, spmAddress(op, 'd'), op.length * view.outputs, 'f32');
  average(kernels.f32(y, vectors * view.outputs), kernels.f32(target, op.length * view.outputs), reads, view.outputs);
  kernels.release(mark);
  return readActivity(context, tally, vectors * view.inputs);
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

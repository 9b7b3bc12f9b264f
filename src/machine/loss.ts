import { type Activity, idleActivity } from '../sequence/activity.ts';
import type { IssuedOperation } from '../sequence/issued-operation.ts';
import type { MachineContext } from './context.ts';
import { loadNumbers, storeNumbers } from './formats.ts';
import { spmAddress, spmPointer } from './memory.ts';
import { argMax } from './reduce.ts';
import { functionOf } from './table-functions.ts';
import { trap } from './trap.ts';

/** Loss of one sample; writes its gradient. */
type LossFunction = (logits: Float64Array, label: number, gradient: Float64Array) => number;

/** Softmax and -ln p(label); gradient p - onehot. */
function crossEntropy(logits: Float64Array, label: number, gradient: Float64Array): number {
  const most = logits[argMax(logits)]!;
  let sum = 0;
  for (let i = 0; i < logits.length; i++) sum += gradient[i] = Math.exp(logits[i]! - most);
  for (let i = 0; i < logits.length; i++) gradient[i] = gradient[i]! / sum - (i === label ? 1 : 0);
  return Math.log(sum) + most - logits[label]!;
}

/** Half the squared distance to the one-hot target; gradient y - onehot. */
function squaredError(logits: Float64Array, label: number, gradient: Float64Array): number {
  let loss = 0;
  for (let i = 0; i < logits.length; i++) {
    gradient[i] = logits[i]! - (i === label ? 1 : 0);
    loss += gradient[i]! ** 2 / 2;
  }
  return loss;
}

/** Multi-class hinge with margin 1, summed over the wrong classes (Weston and Watkins 1999). */
function hinge(logits: Float64Array, label: number, gradient: Float64Array): number {
  let loss = 0;
  gradient.fill(0);
  for (let i = 0; i < logits.length; i++) {
    const margin = 1 + logits[i]! - logits[label]!;
    if (i === label || margin <= 0) continue;
    loss += margin;
    gradient[i] = 1;
    gradient[label] = gradient[label]! - 1;
  }
  return loss;
}

export const lossFunctions: Readonly<Record<string, LossFunction>> = { 'cross-entropy': crossEntropy, mse: squaredError, hinge };

/** LOSS of ROWS samples. Loss and gradient are sums over samples, not means; adds to the specials loss, hits and count. */
export function lossOperation(context: MachineContext, op: IssuedOperation): Activity {
  const { kernels, scratchpad, specials } = context;
  const { rows, length } = op;
  const f = lossFunctions[functionOf(op)]!;
  const logits = loadNumbers(
    kernels,
    spmPointer(scratchpad, op, spmAddress(op, 'a'), rows * length, op.format),
    rows * length,
    op.format,
  );
  const labels = kernels.u8(spmPointer(scratchpad, op, spmAddress(op, 'b'), rows, 'u8'), rows).slice();
  const gradient = new Float64Array(rows * length);
  for (let row = 0; row < rows; row++) {
    const label = labels[row]!;
    if (label >= length) throw trap(op, `finds label ${label} of sample ${row}; there are ${length} classes`);
    const sample = logits.subarray(row * length, (row + 1) * length);
    specials.loss += f(sample, label, gradient.subarray(row * length, (row + 1) * length));
    if (argMax(sample) === label) specials.hits++;
  }
  specials.count += rows;
  if (op.d.kind === 'spm')
    storeNumbers(kernels, spmPointer(scratchpad, op, op.d.address, gradient.length, op.format), gradient, op.format);
  return idleActivity;
}

import { type Activity, idleActivity } from '../sequence/activity.ts';
import type { IssuedOperation } from '../sequence/issued-operation.ts';
import type { MachineContext } from './context.ts';
import { loadNumbers, storeNumbers } from './formats.ts';
import { numberOf, spmAddress, spmPointer } from './memory.ts';
import { functionOf } from './table-functions.ts';

/** Sum in f64 from first to last; the result is rounded to CSR FORMAT once. */
const sumOf = (row: Float64Array): number => row.reduce((sum, x) => sum + x, 0);

/** Index of the first largest element. */
export function argMax(row: ArrayLike<number>): number {
  let best = 0;
  for (let i = 1; i < row.length; i++) if (row[i]! > row[best]!) best = i;
  return best;
}

export const reductions: Readonly<Record<string, (row: Float64Array) => number>> = {
  sum: sumOf,
  mean: (row) => sumOf(row) / row.length,
  max: (row) => row.reduce((most, x) => Math.max(most, x), Number.NEGATIVE_INFINITY),
  argmax: argMax,
  absmax: (row) => row.reduce((most, x) => Math.max(most, Math.abs(x)), 0),
  'sum-squares': (row) => row.reduce((sum, x) => sum + x * x, 0),
};

/** RED: one number per row; element i of row r lies at (r length + i) stride. argmax writes i32. */
export function reduce(context: MachineContext, op: IssuedOperation): Activity {
  const { kernels, scratchpad } = context;
  const name = functionOf(op);
  const stride = numberOf(op, 'b', 0) || 1;
  const count = op.rows * op.length * stride;
  const all = loadNumbers(kernels, spmPointer(scratchpad, op, spmAddress(op, 'a'), count, op.format), count, op.format);
  const results = new Float64Array(op.rows);
  for (let row = 0; row < op.rows; row++) {
    results[row] = reductions[name]!(Float64Array.from({ length: op.length }, (_, i) => all[(row * op.length + i) * stride]!));
  }
  const format = name === 'argmax' ? 'i32' : op.format;
  storeNumbers(kernels, spmPointer(scratchpad, op, spmAddress(op, 'd'), op.rows, format), results, format);
  return idleActivity;
}

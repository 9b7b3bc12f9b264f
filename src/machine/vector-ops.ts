import { streamKey } from '../numeric/philox.ts';
import { purposes } from '../numeric/purposes.ts';
import { type Activity, idleActivity } from '../sequence/activity.ts';
import type { IssuedOperation } from '../sequence/issued-operation.ts';
import type { MachineContext } from './context.ts';
import { isInteger, loadNumbers, storeNumbers } from './formats.ts';
import { describe, spmAddress, spmPointer } from './memory.ts';
import { stochasticBf16 } from './stochastic-rounding.ts';
import { flagOf, functionOf } from './table-functions.ts';
import { trap } from './trap.ts';

/** d = f(a, b, d), element by element; numbers are rounded to CSR FORMAT once, on the way out. */
type ElementFunction = (a: number, b: number, d: number) => number;

export const elementFunctions: Readonly<Record<string, ElementFunction>> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  mac: (a, b, d) => d + a * b,
  max: (a, b) => Math.max(a, b),
  min: (a, b) => Math.min(a, b),
  div: (a, b) => a / b,
  'cmp-ge': (a, b) => (a >= b ? 1 : 0),
  select: (a, b, d) => (a >= 0 ? b : d),
  abs: (a) => Math.abs(a),
  neg: (a) => -a,
  copy: (a) => a,
  axpy: (a, b, d) => d + b * a,
  shl: (a, b) => a * 2 ** b,
  shr: (a, b) => a / 2 ** b,
  'add-sr': (a, b) => a + b,
};

const usesResult = new Set(['mac', 'axpy', 'select']);
const unary = new Set(['abs', 'neg', 'copy']);

/** Right operand: one number, one row used again for each of ROWS, or as many elements as A. */
interface RightOperand {
  readonly values: Float64Array;
  /** Element i of the result uses values[i % period]. */
  readonly period: number;
}

function rightOperand(context: MachineContext, op: IssuedOperation, count: number): RightOperand {
  if (op.b.kind === 'value') return { values: Float64Array.of(op.b.value), period: 1 };
  if (op.b.kind !== 'spm') throw trap(op, `operand B is ${describe(op.b)}; want a scratchpad address or a number`);
  const period = flagOf(op, 'ROW') ? op.length : count;
  return {
    values: loadNumbers(context.kernels, spmPointer(context.scratchpad, op, op.b.address, period, op.format), period, op.format),
    period,
  };
}

/** f32 sums go through kernels: adding a vector, or one row to every row. */
function addFast(context: MachineContext, op: IssuedOperation, rows: number): boolean {
  if (op.format !== 'f32' || op.b.kind !== 'spm' || functionOf(op) !== 'add' || !flagOf(op, 'ROW')) return false;
  const { kernels, scratchpad } = context;
  const out = spmPointer(scratchpad, op, spmAddress(op, 'd'), rows * op.length, 'f32');
  const input = spmPointer(scratchpad, op, spmAddress(op, 'a'), rows * op.length, 'f32');
  const row = spmPointer(scratchpad, op, op.b.address, op.length, 'f32');
  kernels.addRows(out, input, row, rows, op.length);
  return true;
}

/** VEC: element-wise arithmetic in CSR FORMAT; integers saturate, floats round once to nearest even. */
export function vectorOperation(context: MachineContext, op: IssuedOperation): Activity {
  const { kernels, scratchpad } = context;
  const name = functionOf(op);
  const rows = flagOf(op, 'ROW') ? op.rows : 1;
  if (addFast(context, op, rows)) return idleActivity;
  const count = rows * op.length;
  const target = spmPointer(scratchpad, op, spmAddress(op, 'd'), count, op.format);
  const left = loadNumbers(kernels, spmPointer(scratchpad, op, spmAddress(op, 'a'), count, op.format), count, op.format);
  const right = unary.has(name) ? { values: Float64Array.of(0), period: 1 } : rightOperand(context, op, count);
  const before = usesResult.has(name) ? loadNumbers(kernels, target, count, op.format) : left;
  const result = apply(elementFunctions[name]!, left, right, before);
  if (name === 'add-sr') storeStochastic(context, op, target, result);
  else
    storeNumbers(
      kernels,
      target,
      isInteger(op.format) && (name === 'div' || name === 'shr') ? result.map(wholePart(name)) : result,
      op.format,
    );
  return idleActivity;
}

/** Integer division truncates, an integer shift right rounds down, as in hardware. */
const wholePart = (name: string): ((value: number) => number) => (name === 'div' ? Math.trunc : Math.floor);

function apply(f: ElementFunction, left: Float64Array, { values, period }: RightOperand, before: Float64Array): Float64Array {
  const result = new Float64Array(left.length);
  for (let i = 0; i < left.length; i++) result[i] = f(left[i]!, values[i % period]!, before[i]!);
  return result;
}

/** Sums rounded up or down at random, so that they are right on average; f32 has nothing to round away. */
function storeStochastic(context: MachineContext, op: IssuedOperation, target: number, sums: Float64Array): void {
  const chances = uniforms(context, op, sums.length);
  const whole = isInteger(op.format);
  const rounded = sums.map((sum, i) => (whole ? Math.floor(sum + chances[i]!) : stochasticBf16(sum, chances[i]!)));
  storeNumbers(context.kernels, target, op.format === 'f32' ? sums : rounded, op.format);
}

/** Uniform draws in [0, 1) of one operation. */
export function uniforms(context: MachineContext, op: IssuedOperation, count: number): Float32Array {
  const { kernels } = context;
  const { key0, key1 } = streamKey(context.seed, purposes.rounding);
  const mark = kernels.mark();
  const out = kernels.allocate(4 * count);
  kernels.uniformGrid(out, 1, count, count, op.sequence, 0, key0, key1, purposes.rounding, 0);
  const draws = kernels.f32(out, count).slice();
  kernels.release(mark);
  return draws;
}

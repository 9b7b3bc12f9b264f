import { errorFunction } from '../../numeric/error-function.ts';
import { roundHalfEven } from '../../numeric/quantise.ts';
import type { BinaryFunction, Operation, UnaryFunction } from './graph.ts';

/** tanh form of the Gaussian error linear unit (Hendrycks and Gimpel 2016), the one vector units have. */
export const gelu = (x: number): number => 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)));

/** What each unary function computes, `slope` apart. */
export const unaryFunctions: Readonly<Record<UnaryFunction, (x: number, slope: number) => number>> = {
  relu: (x) => Math.max(0, x),
  leaky: (x, slope) => (x >= 0 ? x : slope * x),
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  tanh: Math.tanh,
  gelu,
  exp: Math.exp,
  sqrt: Math.sqrt,
  rsqrt: (x) => 1 / Math.sqrt(x),
  log: Math.log,
  erf: errorFunction,
  abs: Math.abs,
  neg: (x) => -x,
};

export const binaryFunctions: Readonly<Record<BinaryFunction, (a: number, b: number) => number>> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  max: Math.max,
  min: Math.min,
};

/** Code of x: see the operation. */
export const quantise = (x: number, { scale, zero, low, high }: Extract<Operation, { kind: 'quantise' }>): number =>
  Math.min(high, Math.max(low, roundHalfEven(x / scale) + zero));

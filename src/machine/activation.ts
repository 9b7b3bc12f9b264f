import { errorFunction } from '../numeric/error-function.ts';
import { type Activity, idleActivity } from '../sequence/activity.ts';
import { lookupTableEntries } from '../sequence/extents.ts';
import type { IssuedOperation } from '../sequence/issued-operation.ts';
import type { MachineContext } from './context.ts';
import { loadNumbers, storeNumbers } from './formats.ts';
import { describe, numberOf, spmAddress, spmPointer } from './memory.ts';
import { flagOf, functionOf } from './table-functions.ts';
import { trap } from './trap.ts';

/** f(x), f'(x) from the argument, and f' from the output where the output determines it. */
export interface ActivationFunction {
  readonly value: (x: number) => number;
  readonly slope: (x: number) => number;
  readonly slopeOfOutput?: (y: number) => number;
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
/** tanh form of the Gaussian error linear unit (Hendrycks and Gimpel 2016). */
const geluInner = (x: number): number => Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3);

/** Slope of the negative side of `leaky` where an instruction gives none. */
export const leakySlope = 0.01;

const leaky = (slope: number): ActivationFunction => ({
  value: (x) => (x >= 0 ? x : slope * x),
  slope: (x) => (x > 0 ? 1 : slope),
  slopeOfOutput: (y) => (y > 0 ? 1 : slope),
});

export const activationFunctions: Readonly<Record<string, ActivationFunction>> = {
  relu: { value: (x) => Math.max(0, x), slope: (x) => (x > 0 ? 1 : 0), slopeOfOutput: (y) => (y > 0 ? 1 : 0) },
  leaky: leaky(leakySlope),
  sigmoid: { value: sigmoid, slope: (x) => sigmoid(x) * (1 - sigmoid(x)), slopeOfOutput: (y) => y * (1 - y) },
  tanh: { value: Math.tanh, slope: (x) => 1 - Math.tanh(x) ** 2, slopeOfOutput: (y) => 1 - y * y },
  gelu: {
    value: (x) => 0.5 * x * (1 + Math.tanh(geluInner(x))),
    slope: (x) => {
      const t = Math.tanh(geluInner(x));
      return 0.5 * (1 + t) + 0.5 * x * (1 - t * t) * Math.sqrt(2 / Math.PI) * (1 + 3 * 0.044715 * x * x);
    },
  },
  exp: { value: Math.exp, slope: Math.exp, slopeOfOutput: (y) => y },
  sqrt: { value: Math.sqrt, slope: (x) => 0.5 / Math.sqrt(x), slopeOfOutput: (y) => 0.5 / y },
  log: { value: Math.log, slope: (x) => 1 / x, slopeOfOutput: (y) => Math.exp(-y) },
  erf: { value: errorFunction, slope: (x) => (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) },
  rsqrt: { value: (x) => 1 / Math.sqrt(x), slope: (x) => -0.5 / (x * Math.sqrt(x)), slopeOfOutput: (y) => -0.5 * y ** 3 },
};

/** A table spans arguments of -8 to 8, both ends included; beyond them its ends hold. */
const tableLimit = 8;

/** Linear interpolation in a table. */
export function lookUp(table: Float64Array, x: number): number {
  const position = ((Math.min(tableLimit, Math.max(-tableLimit, x)) + tableLimit) / (2 * tableLimit)) * (table.length - 1);
  const low = Math.min(table.length - 2, Math.floor(position));
  return table[low]! + (position - low) * (table[low + 1]! - table[low]!);
}

function lookupFunction(context: MachineContext, op: IssuedOperation): ActivationFunction {
  const pointer = spmPointer(context.scratchpad, op, spmAddress(op, 'b'), lookupTableEntries, op.format);
  const table = loadNumbers(context.kernels, pointer, lookupTableEntries, op.format);
  return { value: (x) => lookUp(table, x), slope: () => 0 };
}

/** ACT: D = f(A); with DER D = f'(A) B, where A is the argument, or with OUT the forward output. */
export function activate(context: MachineContext, op: IssuedOperation): Activity {
  const { kernels, scratchpad } = context;
  const name = functionOf(op);
  const derivative = flagOf(op, 'DER');
  const target = spmPointer(scratchpad, op, spmAddress(op, 'd'), op.length, op.format);
  const source = spmPointer(scratchpad, op, spmAddress(op, 'a'), op.length, op.format);
  if (name === 'relu' && !derivative && op.format === 'f32') {
    kernels.relu(target, source, op.length);
    return idleActivity;
  }
  if (op.format === 'f32' && inPlace(source, target, op.length) && activateFloats(context, op, name, source, target))
    return idleActivity;
  const inputs = loadNumbers(kernels, source, op.length, op.format);
  storeNumbers(
    kernels,
    target,
    derivative ? derived(context, op, name, inputs) : inputs.map(plainFunction(context, op, name).value),
    op.format,
  );
  return idleActivity;
}

/** May elements be written one by one while later ones are still to be read? */
const inPlace = (source: number, target: number, count: number): boolean =>
  source === target || Math.abs(source - target) >= 4 * count;

/** f32 without copies; false where operand B is not an array of errors in f32 that may be read on the way. */
function activateFloats(context: MachineContext, op: IssuedOperation, name: string, source: number, target: number): boolean {
  const { kernels, scratchpad } = context;
  const [from, into] = [kernels.f32(source, op.length), kernels.f32(target, op.length)];
  if (!flagOf(op, 'DER')) {
    if (name === 'tanh' || name === 'sigmoid') {
      kernels.squash(target, source, op.length, name === 'tanh' ? 0 : 1);
      return true;
    }
    const { value } = plainFunction(context, op, name);
    for (let i = 0; i < from.length; i++) into[i] = value(from[i]!);
    return true;
  }
  if (op.b.kind !== 'spm') return false;
  const error = spmPointer(scratchpad, op, op.b.address, op.length, op.format);
  if (!inPlace(error, target, op.length)) return false;
  if (flagOf(op, 'OUT') && (name === 'tanh' || name === 'sigmoid')) {
    kernels.squashBack(target, source, error, op.length, name === 'tanh' ? 0 : 1);
    return true;
  }
  const slope = slopeOf(op, name);
  const errors = kernels.f32(error, op.length);
  for (let i = 0; i < from.length; i++) into[i] = slope(from[i]!) * errors[i]!;
  return true;
}

function slopeOf(op: IssuedOperation, name: string): (x: number) => number {
  const f = activationFunctions[name];
  const slope = flagOf(op, 'OUT') ? f?.slopeOfOutput : f?.slope;
  if (slope === undefined) throw trap(op, `has no derivative of ${name}${flagOf(op, 'OUT') ? ' from its output' : ''}`);
  return slope;
}

function plainFunction(context: MachineContext, op: IssuedOperation, name: string): ActivationFunction {
  if (name === 'lut') return lookupFunction(context, op);
  return name === 'leaky' ? leaky(numberOf(op, 'b', leakySlope)) : activationFunctions[name]!;
}

function derived(context: MachineContext, op: IssuedOperation, name: string, inputs: Float64Array): Float64Array {
  const slope = slopeOf(op, name);
  if (op.b.kind === 'value') return inputs.map((x) => slope(x) * (op.b as { value: number }).value);
  if (op.b.kind !== 'spm') throw trap(op, `operand B is ${describe(op.b)}; want the address of the error`);
  const error = loadNumbers(
    context.kernels,
    spmPointer(context.scratchpad, op, op.b.address, op.length, op.format),
    op.length,
    op.format,
  );
  return inputs.map((x, i) => slope(x) * error[i]!);
}

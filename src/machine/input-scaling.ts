import type { GroupCsrs } from '../sequence/issued-operation.ts';
import type { ArrayRead } from './array-read.ts';
import type { MachineContext } from './context.ts';

/**
 * With ideal converters on both sides the scale of a vector would cancel exactly: it is left out, so that it cannot round.
 * IR drop is not linear in the input and keeps it.
 */
export const scalingCancels = (csrs: GroupCsrs): boolean => csrs.inBits === 0 && csrs.adcBits === 0 && csrs.irDrop === 'off';

/** Fills alpha[i], the value that input i's full scale stands for, by the noise management of the group. */
export function inputScales(context: MachineContext, read: ArrayRead, alpha: number, x: number, n: number): void {
  const { kernels } = context;
  if (read.management === 'abs-max') kernels.rowAbsMax(alpha, x, n, read.view.inputs, read.view.inputs);
  else kernels.f32(alpha, n).fill(read.management === 'constant' ? read.csrs.inScale : 1);
}

/** Inputs of one block as the word lines get them, with their sums per vector. */
export interface DrivenInputs {
  readonly x: number;
  readonly absSum: number;
  readonly squareSum: number;
}

/** DAC of one block: scaled, rounded and clipped to +-1; an ideal input (step 0) is only scaled. */
export function driveInputs(
  context: MachineContext,
  x: number,
  inverse: number,
  n: number,
  length: number,
  ldx: number,
  step: number,
): DrivenInputs {
  const { kernels } = context;
  const driven = { x: kernels.allocate(4 * n * length), absSum: kernels.allocate(4 * n), squareSum: kernels.allocate(4 * n) };
  if (step > 0) kernels.dac(driven.x, x, inverse, driven.absSum, driven.squareSum, n, length, ldx, step);
  else scaleOnly(context, driven, x, inverse, n, length, ldx);
  return driven;
}

function scaleOnly(
  context: MachineContext,
  driven: DrivenInputs,
  x: number,
  inverse: number,
  n: number,
  length: number,
  ldx: number,
): void {
  const { kernels } = context;
  const from = kernels.f32(x, Math.max(0, (n - 1) * ldx + length));
  const into = kernels.f32(driven.x, n * length);
  const [factors, absSum, squareSum] = [inverse, driven.absSum, driven.squareSum].map((at) =>
    kernels.f32(at, n),
  ) as Float32Array[];
  for (let i = 0; i < n; i++) {
    let [sum, squares] = [0, 0];
    for (let j = 0; j < length; j++) {
      const value = Math.fround(from[i * ldx + j]! * factors![i]!);
      into[i * length + j] = value;
      sum += Math.abs(value);
      squares += value * value;
    }
    absSum![i] = sum;
    squareSum![i] = squares;
  }
}

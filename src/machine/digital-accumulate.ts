import { type Activity, idleActivity } from '../sequence/activity.ts';
import type { IssuedOperation, ResolvedOperand } from '../sequence/issued-operation.ts';
import { emittedFormat } from '../sequence/training-extents.ts';
import type { MachineContext } from './context.ts';
import { integerRange, isInteger, storeNumbers } from './formats.ts';
import { describe, numberOf, spmAddress, spmPointer } from './memory.ts';
import { trap } from './trap.ts';
import { outerOperands, outerProduct } from './update-operands.ts';

/**
 * Kernel pointer of `count` f32 that lie in the scratchpad or, as a copy in scratch, in DRAM; `store` writes a copy back. The caller
 * holds a mark.
 */
export function digitalArray(
  context: MachineContext,
  op: IssuedOperation,
  operand: ResolvedOperand,
  offset: number,
  count: number,
): { readonly pointer: number; store(): void } {
  const { kernels, dram, scratchpad } = context;
  if (operand.kind === 'spm')
    return { pointer: spmPointer(scratchpad, op, operand.address + 4 * offset, count, 'f32'), store: () => undefined };
  if (operand.kind !== 'dram') throw trap(op, `works on ${describe(operand)}; want the address of an f32 array`);
  const pointer = kernels.allocate(4 * count);
  const address = operand.address + 4 * offset;
  dram.read(address, kernels.u8(pointer, 4 * count));
  return { pointer, store: () => dram.write(address, kernels.u8(pointer, 4 * count)) };
}

/** OPD: chi += ACCUMULATE_RATE sum over vectors of x d^T, digitally; exact in f32. */
export function accumulate(context: MachineContext, op: IssuedOperation): Activity {
  const group = op.group;
  if (group === undefined) throw trap(op, 'names no group; want one defined by GRP');
  const { kernels } = context;
  const mark = kernels.mark();
  const chi = digitalArray(context, op, op.d, 0, group.rows * group.columns);
  const operands = outerOperands(context, op, { a: false, b: false });
  const product = outerProduct(context, operands, op.length, group.rows, group.columns);
  kernels.axpy(chi.pointer, product, group.csrs.accumulateRate, group.rows * group.columns);
  chi.store();
  kernels.release(mark);
  return idleActivity;
}

/** Whole pulses in each element of `chi`, saturated at `most`; they are taken off. Returns the pulses. */
export function emit(chi: Float32Array, epsilon: number, most: number): Float64Array {
  const counts = new Float64Array(chi.length);
  for (let i = 0; i < chi.length; i++) {
    const n = Math.min(most, Math.max(-most, Math.trunc(chi[i]! / epsilon)));
    if (n === 0) continue;
    counts[i] = n;
    chi[i] = chi[i]! - n * epsilon;
  }
  return counts;
}

/** THA: n = trunc(chi / epsilon), saturated in its format; chi -= n epsilon. */
export function emitPulses(context: MachineContext, op: IssuedOperation): Activity {
  const { kernels, scratchpad } = context;
  const epsilon = numberOf(op, 'b', 0);
  if (!Number.isFinite(epsilon) || epsilon === 0) throw trap(op, `finds epsilon ${epsilon}; want a finite number other than 0`);
  const format = emittedFormat(op.fn);
  const most = isInteger(format) ? integerRange[format][1] : 127;
  const target = spmPointer(scratchpad, op, spmAddress(op, 'd'), op.length, format);
  const mark = kernels.mark();
  const chi = digitalArray(context, op, op.a, 0, op.length);
  const counts = emit(kernels.f32(chi.pointer, op.length), epsilon, most);
  chi.store();
  kernels.release(mark);
  storeNumbers(kernels, target, counts, format);
  let nonZeros = 0;
  for (const n of counts) if (n !== 0) nonZeros++;
  context.specials.nonzeros += nonZeros;
  return { ...idleActivity, nonZeros };
}

import { formatBytes } from '../../isa/limits.ts';
import { type Activity, idleActivity } from '../sequence/activity.ts';
import type { IssuedOperation, ResolvedOperand } from '../sequence/issued-operation.ts';
import { emittedFormat } from '../sequence/training-extents.ts';
import type { MachineContext } from './context.ts';
import { describe, numberOf, spmAddress, spmPointer } from './memory.ts';
import { trap } from './trap.ts';
import { outerOperands } from './update-operands.ts';

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
  const { x, d } = outerOperands(context, op, { a: false, b: false });
  kernels.accumulateOuter(chi.pointer, x, d, op.length, group.rows, group.columns, group.csrs.accumulateRate);
  chi.store();
  kernels.release(mark);
  return idleActivity;
}

/** THA: n = trunc(chi / epsilon), saturated in its format; chi -= n epsilon. */
export function emitPulses(context: MachineContext, op: IssuedOperation): Activity {
  const { kernels, scratchpad } = context;
  const epsilon = numberOf(op, 'b', 0);
  if (!Number.isFinite(epsilon) || epsilon === 0) throw trap(op, `finds epsilon ${epsilon}; want a finite number other than 0`);
  const format = emittedFormat(op.fn);
  const bytes = formatBytes[format];
  // pulses of both polarities: the most negative code is not used
  const most = 2 ** (8 * bytes - 1) - 1;
  const target = spmPointer(scratchpad, op, spmAddress(op, 'd'), op.length, format);
  const mark = kernels.mark();
  const chi = digitalArray(context, op, op.a, 0, op.length);
  // the accumulator is read to its end before the counts arrive, should they overlap
  const counts = kernels.allocate(bytes * op.length);
  const nonZeros = kernels.emitCounts(counts, chi.pointer, op.length, epsilon, most, bytes);
  chi.store();
  kernels.u8(target, bytes * op.length).set(kernels.u8(counts, bytes * op.length));
  kernels.release(mark);
  context.specials.nonzeros += nonZeros;
  return { ...idleActivity, nonZeros };
}

import { instructions } from '../../isa/instructions.ts';
import { type Activity, idleActivity } from '../sequence/activity.ts';
import type { IssuedOperation } from '../sequence/issued-operation.ts';
import type { MachineContext } from './context.ts';
import { loadFloats, storeFloats } from './formats.ts';
import { spmAddress, spmPointer } from './memory.ts';

const { T, ACC } = instructions.MMD.flags;

/** MMD: A[ROWS x len] times B[len x COLUMNS] (with T the transpose of B[COLUMNS x len]), in f32, rounded to CSR FORMAT once. */
export function matrixProduct(context: MachineContext, op: IssuedOperation): Activity {
  const { kernels, scratchpad } = context;
  const { rows, columns = 1, length, format } = op;
  const mark = kernels.mark();
  const at = (name: 'd' | 'a' | 'b', count: number): number => spmPointer(scratchpad, op, spmAddress(op, name), count, format);
  const count = rows * columns;
  const target = at('d', count);
  const left = loadFloats(kernels, at('a', rows * length), rows * length, format);
  const right = loadFloats(kernels, at('b', length * columns), length * columns, format);
  const packed = kernels.allocate(kernels.packedBytes(length, columns));
  if ((op.flags & (1 << T.bit)) !== 0) kernels.packTransposed(packed, right, length, columns, length);
  else kernels.pack(packed, right, length, columns, columns);
  // The product may lie where a factor does.
  const out = kernels.allocate(4 * count);
  const accumulate = (op.flags & (1 << ACC.bit)) !== 0;
  if (accumulate) kernels.f32(out, count).set(kernels.f32(loadFloats(kernels, target, count, format), count));
  kernels.gemm(out, left, packed, rows, length, columns, columns, length, accumulate);
  storeFloats(kernels, target, out, count, format);
  kernels.release(mark);
  return idleActivity;
}

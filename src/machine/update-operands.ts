import type { GroupShape, IssuedOperation } from '../sequence/issued-operation.ts';
import type { MachineContext } from './context.ts';
import { loadFloats } from './formats.ts';
import { numberOf, spmAddress, spmPointer } from './memory.ts';
import { rowVectors } from './mvm.ts';
import { trap } from './trap.ts';

/** Row vectors x and column vectors d of an outer product: f32[n x rows] and f32[n x columns] in kernel memory, not to be written. */
export interface OuterOperands {
  readonly x: number;
  readonly d: number;
}

function oneHot(context: MachineContext, op: IssuedOperation, name: 'a' | 'b', lines: number): number {
  const index = numberOf(op, name, 0);
  if (!Number.isInteger(index) || index < 0 || index >= lines)
    throw trap(op, `selects line ${index}; group W${op.group!.id} has ${lines}`);
  const at = context.kernels.allocate(4 * op.length * lines);
  const values = context.kernels.f32(at, op.length * lines);
  for (let i = 0; i < op.length; i++) values[i * lines + index] = 1;
  return at;
}

/** Column vectors in OUT_FORMAT. */
function columnVectors(context: MachineContext, op: IssuedOperation, group: GroupShape): number {
  const { outFormat } = group.csrs;
  const count = op.length * group.columns;
  return loadFloats(context.kernels, spmPointer(context.scratchpad, op, spmAddress(op, 'b'), count, outFormat), count, outFormat);
}

/** Operands of OPU and OPD in scratch: the caller holds a mark. */
export function outerOperands(context: MachineContext, op: IssuedOperation, hot: { a: boolean; b: boolean }): OuterOperands {
  const group = op.group!;
  return {
    x: hot.a ? oneHot(context, op, 'a', group.rows) : rowVectors(context, op, group),
    d: hot.b ? oneHot(context, op, 'b', group.columns) : columnVectors(context, op, group),
  };
}

/** Vectors times the signs of their lines, in scratch. */
export function chopped(context: MachineContext, vectors: number, signs: Float32Array, n: number): number {
  const { kernels } = context;
  const lines = signs.length;
  const [at, factors] = [kernels.allocate(4 * n * lines), kernels.allocate(4 * lines)];
  kernels.f32(factors, lines).set(signs);
  kernels.scaleColumns(at, vectors, factors, n, lines);
  return at;
}

import { type Activity, idleActivity } from '../sequence/activity.ts';
import { quantisedFormat } from '../sequence/extents.ts';
import type { IssuedOperation } from '../sequence/issued-operation.ts';
import type { MachineContext } from './context.ts';
import { isInteger, loadNumbers, storeNumbers } from './formats.ts';
import { numberOf, spmAddress, spmPointer } from './memory.ts';
import { functionOf } from './table-functions.ts';
import { uniforms } from './vector-ops.ts';

/**
 * QNT: to an integer format round-half-even(A / scale), saturated; to a float format codes times scale, floats as they are;
 * clip limits to +-B and keeps the format. Scale 0 means 1.
 */
export function quantiseOperation(context: MachineContext, op: IssuedOperation): Activity {
  const { kernels, scratchpad } = context;
  const name = functionOf(op);
  const scale = numberOf(op, 'b', 0) || 1;
  const target = quantisedFormat(op.fn, op.format);
  const source = loadNumbers(
    kernels,
    spmPointer(scratchpad, op, spmAddress(op, 'a'), op.length, op.format),
    op.length,
    op.format,
  );
  storeNumbers(kernels, spmPointer(scratchpad, op, spmAddress(op, 'd'), op.length, target), converted(), target);
  return idleActivity;

  function converted(): Float64Array {
    if (name === 'clip') return source.map((x) => Math.min(scale, Math.max(-scale, x)));
    if (!isInteger(target)) return isInteger(op.format) ? source.map((code) => code * scale) : source;
    if (name !== 'stochastic-i8') return source.map((x) => x / scale);
    const chances = uniforms(context, op, op.length);
    return source.map((x, i) => Math.floor(x / scale + chances[i]!));
  }
}

import type { Sliding } from '../graph/graph.ts';
import { asMap, type OperatorCall, plain, UnsupportedForm, type ValueTensor, valueInput } from './import-context.ts';
import { slidingOf } from './sliding.ts';

/** Zeros around a map, as nodes of their own: for averages that count the padding. */
function padMap(call: OperatorCall, map: ValueTensor, [top, left, bottom, right]: Sliding['pad']): ValueTensor {
  const [n, channels, ...sizes] = map.dims as [number, number, ...number[]];
  let padded = map;
  const lengths = sizes.length === 2 ? sizes : [1, ...sizes];
  for (const [axis, before, after] of [
    [0, top, bottom],
    [1, left, right],
  ] as const) {
    if (before + after === 0) continue;
    lengths[axis] = lengths[axis]! + before + after;
    padded = call.add(
      { kind: 'pad', axis, before },
      [padded],
      [n, channels, ...(sizes.length === 2 ? lengths : lengths.slice(1))],
      true,
    );
  }
  return padded;
}

function pool(call: OperatorCall, kind: 'max' | 'average'): readonly ValueTensor[] {
  const input = asMap(call, valueInput(call, 0));
  const kernel = call.attributes.integers('kernel_shape');
  if (kernel === undefined) throw new UnsupportedForm('no kernel_shape', 'kernel_shape');
  if (call.attributes.integer('storage_order', 0) !== 0) throw new UnsupportedForm('storage_order = 1', 'storage_order = 0');
  const { sliding, sizes } = slidingOf(call, input.dims.slice(2), kernel);
  const dims = [1, input.dims[1]!, ...sizes];
  const counted = kind === 'average' && call.attributes.integer('count_include_pad', 0) !== 0 && sliding.pad.some((x) => x > 0);
  if (!counted) return [call.add({ kind: 'pool', function: kind, ...sliding }, [input], dims, true)];
  if (call.attributes.integer('ceil_mode', 0) !== 0)
    throw new UnsupportedForm('count_include_pad with ceil_mode', 'one of the two');
  const padded = padMap(call, input, sliding.pad);
  return [call.add({ kind: 'pool', function: kind, ...sliding, pad: [0, 0, 0, 0] }, [padded], dims, true)];
}

export const maxPool = (call: OperatorCall): readonly ValueTensor[] => pool(call, 'max');
export const averagePool = (call: OperatorCall): readonly ValueTensor[] => pool(call, 'average');

function globalPool(call: OperatorCall, kind: 'max' | 'average'): readonly ValueTensor[] {
  return [poolWhole(call, asMap(call, valueInput(call, 0)), kind)];
}

/** One value a channel, the other axes kept as 1. */
function poolWhole(call: OperatorCall, input: ValueTensor, kind: 'max' | 'average'): ValueTensor {
  const [height, width] = input.dims.length === 4 ? [input.dims[2]!, input.dims[3]!] : [1, input.dims[2]!];
  const dims = [1, input.dims[1]!, ...input.dims.slice(2).map(() => 1)];
  const sliding = { kernel: [height, width], stride: [1, 1], pad: [0, 0, 0, 0], dilation: 1 } as const;
  return call.add({ kind: 'pool', function: kind, ...sliding }, [input], dims, true);
}

export const globalAveragePool = (call: OperatorCall): readonly ValueTensor[] => globalPool(call, 'average');
export const globalMaxPool = (call: OperatorCall): readonly ValueTensor[] => globalPool(call, 'max');

/** Means over all pixels of a map, or over the last axis. */
export function reduceMean(call: OperatorCall): readonly ValueTensor[] {
  const input = valueInput(call, 0);
  const rank = input.dims.length;
  const second = call.inputs[1];
  const given = call.attributes.integers('axes') ?? (second?.kind === 'constant' ? [...second.values] : undefined);
  const axes = (given ?? input.dims.map((_, axis) => axis)).map((axis) => (axis < 0 ? axis + rank : axis)).sort((a, b) => a - b);
  const keep = call.attributes.integer('keepdims', 1) !== 0;
  const dims = input.dims.flatMap((size, axis) => (axes.includes(axis) ? (keep ? [1] : []) : [size]));
  if (rank === 4 && axes.join() === '2,3') {
    const pooled = poolWhole(call, asMap(call, input), 'average');
    return [keep ? pooled : call.add({ kind: 'reshape' }, [pooled], dims, false)];
  }
  if (axes.length === 1 && axes[0] === rank - 1) return [call.add({ kind: 'mean' }, [plain(call, input)], dims, false)];
  throw new UnsupportedForm(`axes ${axes.join(', ')} of ${input.dims.join(' x ')}`, 'the last axis, or axes 2 and 3 of a map');
}

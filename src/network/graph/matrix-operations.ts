import type { Kernels } from '../../numeric/kernels.ts';
import type { Operation, Sliding } from './graph.ts';
import { elementsOf } from './rearrange.ts';

type Linear = Extract<Operation, { kind: 'linear' }>;
type Convolution = Extract<Operation, { kind: 'convolution' }>;
type Pool = Extract<Operation, { kind: 'pool' }>;

/** rows[count x inputs] times weights[inputs x outputs] plus a bias, on the kernels. Frees what it takes. */
function product(
  kernels: Kernels,
  rows: number,
  count: number,
  { inputs, outputs, weights, bias }: Omit<Linear, 'kind'>,
): Float32Array {
  const plain = kernels.allocate(4 * inputs * outputs);
  kernels.f32(plain, inputs * outputs).set(weights);
  const packed = kernels.allocate(kernels.packedBytes(inputs, outputs));
  kernels.pack(packed, plain, inputs, outputs, outputs);
  const out = kernels.allocate(4 * count * outputs);
  kernels.gemm(out, rows, packed, count, inputs, outputs, outputs, inputs, false);
  const result = kernels.f32(out, count * outputs).slice();
  if (bias !== undefined)
    for (let at = 0; at < result.length; at += outputs)
      for (let output = 0; output < outputs; output++) result[at + output]! += bias[output]!;
  return result;
}

/** `input` holds rows of `operation.inputs`. */
export function linear(kernels: Kernels, operation: Linear, input: Float32Array): Float32Array {
  const mark = kernels.mark();
  const rows = kernels.allocate(4 * input.length);
  kernels.f32(rows, input.length).set(input);
  const result = product(kernels, rows, input.length / operation.inputs, operation);
  kernels.release(mark);
  return result;
}

/** The channels of group `group` of a channels-last map. */
function channelsOf(map: Float32Array, channels: number, first: number, count: number): Float32Array {
  if (count === channels) return map;
  const out = new Float32Array((map.length / channels) * count);
  for (let pixel = 0; pixel * channels < map.length; pixel++)
    out.set(map.subarray(pixel * channels + first, pixel * channels + first + count), pixel * count);
  return out;
}

/** im2col rows of one map: kernel pointer of [pixels x (kernel x channels)]. */
export function gatherRows(
  kernels: Kernels,
  map: Float32Array,
  [height, width]: readonly number[],
  channels: number,
  { kernel, stride, pad, dilation }: Sliding,
  [outHeight, outWidth]: readonly number[],
): number {
  const source = kernels.allocate(4 * map.length);
  kernels.f32(source, map.length).set(map);
  const rows = kernels.allocate(4 * outHeight! * outWidth! * kernel[0] * kernel[1] * channels);
  const window = [kernel[0], kernel[1], stride[0], stride[1], pad[0], pad[1], dilation] as const;
  kernels.im2col(rows, source, height!, width!, channels, ...window, outHeight!, outWidth!);
  return rows;
}

/** One map; `shape` is its own, `outShape` that of the result. */
export function convolution(
  kernels: Kernels,
  operation: Convolution,
  map: Float32Array,
  shape: readonly number[],
  outShape: readonly number[],
): Float32Array {
  const { groups, inChannels, outChannels, kernel, weights, bias } = operation;
  const channels = inChannels / groups;
  const outputs = outChannels / groups;
  const inputs = kernel[0] * kernel[1] * channels;
  const pixels = outShape[0]! * outShape[1]!;
  const result = new Float32Array(pixels * outChannels);
  for (let group = 0; group < groups; group++) {
    const mark = kernels.mark();
    const part = channelsOf(map, inChannels, group * channels, channels);
    const rows = gatherRows(kernels, part, shape, channels, operation, outShape);
    const own = weights.subarray(group * inputs * outputs, (group + 1) * inputs * outputs);
    const ownBias = bias?.subarray(group * outputs, (group + 1) * outputs);
    const out = product(kernels, rows, pixels, { inputs, outputs, weights: own, bias: ownBias });
    kernels.release(mark);
    if (groups === 1) return out;
    for (let pixel = 0; pixel < pixels; pixel++)
      result.set(out.subarray(pixel * outputs, (pixel + 1) * outputs), pixel * outChannels + group * outputs);
  }
  return result;
}

/** One map; padding takes no part. */
export function poolMap(operation: Pool, map: Float32Array, shape: readonly number[], outShape: readonly number[]): Float32Array {
  const [height, width, channels] = shape as readonly [number, number, number];
  const { kernel, stride, pad, dilation } = operation;
  const out = new Float32Array(elementsOf(outShape));
  for (let pixel = 0; pixel * channels < out.length; pixel++) {
    const top = Math.floor(pixel / outShape[1]!) * stride[0] - pad[0];
    const left = (pixel % outShape[1]!) * stride[1] - pad[1];
    const places: number[] = [];
    for (let ky = 0; ky < kernel[0]; ky++)
      for (let kx = 0; kx < kernel[1]; kx++) {
        const [y, x] = [top + ky * dilation, left + kx * dilation];
        if (y >= 0 && y < height && x >= 0 && x < width) places.push((y * width + x) * channels);
      }
    for (let channel = 0; channel < channels; channel++) {
      const values = places.map((place) => map[place + channel]!);
      out[pixel * channels + channel] =
        operation.function === 'max' ? Math.max(...values) : values.reduce((sum, x) => sum + x, 0) / values.length;
    }
  }
  return out;
}

/** Products of the last two axes, one after the other along the leading ones. */
export function products(
  kernels: Kernels,
  left: Float32Array,
  right: Float32Array,
  [rows, inner]: readonly [number, number],
  columns: number,
  transposed: boolean,
): Float32Array {
  const times = left.length / (rows * inner);
  const out = new Float32Array(times * rows * columns);
  const mark = kernels.mark();
  const [a, b, c] = [rows * inner, inner * columns, rows * columns].map((count) => kernels.allocate(4 * count));
  const packed = kernels.allocate(kernels.packedBytes(inner, columns));
  for (let at = 0; at < times; at++) {
    kernels.f32(a!, rows * inner).set(left.subarray(at * rows * inner, (at + 1) * rows * inner));
    kernels.f32(b!, inner * columns).set(right.subarray(at * inner * columns, (at + 1) * inner * columns));
    if (transposed) kernels.packTransposed(packed, b!, inner, columns, inner);
    else kernels.pack(packed, b!, inner, columns, columns);
    kernels.gemm(c!, a!, packed, rows, inner, columns, columns, inner, false);
    out.set(kernels.f32(c!, rows * columns), at * rows * columns);
  }
  kernels.release(mark);
  return out;
}

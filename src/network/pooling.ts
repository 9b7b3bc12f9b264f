import type { Layer } from './layer-graph.ts';

/** A pool layer with the shapes it meets. */
export interface PoolGeometry {
  readonly layer: Extract<Layer, { kind: 'pool' }>;
  readonly input: readonly number[];
  readonly output: readonly number[];
}

/**
 * Pools one channels-last map. For a maximum, `picks[o]` receives the input index that gave output o (the first of equals), so that the
 * gradient returns there; an average leaves it alone.
 */
export function pool(output: Float32Array, picks: Int32Array, map: Float32Array, geometry: PoolGeometry): void {
  const taps = tapOffsets(geometry);
  const one = geometry.layer.function === 'max' ? takeMaximum : takeAverage;
  const channels = geometry.output[2]!;
  for (let pixel = 0; pixel * channels < output.length; pixel++) {
    const corner = cornerOf(geometry, pixel);
    for (let channel = 0; channel < channels; channel++)
      one(output, picks, map, pixel * channels + channel, corner + channel, taps);
  }
}

/** Adds the gradient of one pooled map into `map`, which the caller zeroed. */
export function poolBackward(map: Float32Array, picks: Int32Array, gradient: Float32Array, geometry: PoolGeometry): void {
  if (geometry.layer.function === 'max') {
    for (let i = 0; i < gradient.length; i++) map[picks[i]!] = map[picks[i]!]! + gradient[i]!;
    return;
  }
  const taps = tapOffsets(geometry);
  const channels = geometry.output[2]!;
  for (let i = 0; i < gradient.length; i++) {
    const from = cornerOf(geometry, Math.floor(i / channels)) + (i % channels);
    for (let tap = 0; tap < taps.length; tap++) map[from + taps[tap]!] = map[from + taps[tap]!]! + gradient[i]! / taps.length;
  }
}

function takeMaximum(
  output: Float32Array,
  picks: Int32Array,
  map: Float32Array,
  to: number,
  from: number,
  taps: Int32Array,
): void {
  let pick = from;
  for (let tap = 1; tap < taps.length; tap++) if (map[from + taps[tap]!]! > map[pick]!) pick = from + taps[tap]!;
  output[to] = map[pick]!;
  picks[to] = pick;
}

function takeAverage(
  output: Float32Array,
  _picks: Int32Array,
  map: Float32Array,
  to: number,
  from: number,
  taps: Int32Array,
): void {
  let sum = 0;
  for (let tap = 0; tap < taps.length; tap++) sum += map[from + taps[tap]!]!;
  output[to] = sum / taps.length;
}

/** Offsets of the pixels of a window from its top left one. */
function tapOffsets({ layer: { kernel }, input }: PoolGeometry): Int32Array {
  const [, width = 0, channels = 0] = input;
  return Int32Array.from({ length: kernel[0] * kernel[1] }, (_, tap) => {
    return (Math.floor(tap / kernel[1]) * width + (tap % kernel[1])) * channels;
  });
}

/** Offset of the top left input pixel of the window of output pixel `pixel`. */
function cornerOf({ layer: { stride }, input, output }: PoolGeometry, pixel: number): number {
  const [, width = 0, channels = 0] = input;
  const columns = output[1]!;
  return (Math.floor(pixel / columns) * stride[0] * width + (pixel % columns) * stride[1]) * channels;
}

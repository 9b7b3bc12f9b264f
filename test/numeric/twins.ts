import { boxMuller } from '../../src/numeric/box-muller.ts';
import { philox } from '../../src/numeric/philox.ts';
import { roundHalfEven } from '../../src/numeric/quantise.ts';

/**
 * Scalar twins that define the kernels, bit for bit: one rounding to f32 per operation, sums in the order given here.
 * Matrices are row-major; `ld…` is the distance between rows in elements.
 */
const { fround, abs, max, min } = Math;

export interface Matrix {
  readonly data: Float32Array;
  readonly rows: number;
  readonly columns: number;
  readonly stride: number;
}

export interface Key {
  readonly key0: number;
  readonly key1: number;
}

/** C = A B, or C + A B: each element adds its k products in order to 0, or to C. */
export function gemm(c: Matrix, a: Matrix, b: Matrix, accumulate: boolean): void {
  for (let i = 0; i < c.rows; i++) {
    for (let j = 0; j < c.columns; j++) {
      let sum = accumulate ? c.data[i * c.stride + j]! : 0;
      for (let p = 0; p < a.columns; p++) sum = fround(sum + fround(a.data[i * a.stride + p]! * b.data[p * b.stride + j]!));
      c.data[i * c.stride + j] = sum;
    }
  }
}

export function transpose({ data, rows, columns, stride }: Matrix): Float32Array {
  const out = new Float32Array(rows * columns);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) out[j * rows + i] = data[i * stride + j]!;
  return out;
}

/** Element `position` of the stream that `normals` writes. */
export function normalAt({ key0, key1 }: Key, position: number, start: number, c1: number, c2: number, c3: number): number {
  const words = philox(key0, key1, start + Math.floor(position / 4), c1, c2, c3);
  const pair = position & 2;
  return boxMuller(words[pair]!, words[pair + 1]!)[position & 1]!;
}

export function normalGridAt({ key0, key1 }: Key, row: number, column: number, stream: number, event: number): number {
  const [word0, word1] = philox(key0, key1, row, column, stream, event);
  return boxMuller(word0, word1)[0];
}

export function uniformGridAt({ key0, key1 }: Key, row: number, column: number, stream: number, event: number): number {
  return (philox(key0, key1, row, column, stream, event)[0] >>> 8) * 2 ** -24;
}

/** Four partial sums over positions j & 3, then (l0 + l1) + (l2 + l3), all in f32. */
export function laneSum(terms: readonly number[]): number {
  const lanes: [number, number, number, number] = [0, 0, 0, 0];
  terms.forEach((term, j) => {
    lanes[j & 3] = fround(lanes[j & 3]! + term);
  });
  return fround(fround(lanes[0] + lanes[1]) + fround(lanes[2] + lanes[3]));
}

export const rowOf = ({ data, columns, stride }: Matrix, i: number): number[] => [
  ...data.subarray(i * stride, i * stride + columns),
];

export const rowAbsMax = (x: Matrix, i: number): number => rowOf(x, i).reduce((largest, value) => max(largest, abs(value)), 0);

const round = (value: number, step: number): number => fround(roundHalfEven(fround(value / step)) * step);

/** One row of the DAC. */
export function dacRow(
  row: readonly number[],
  inverse: number,
  step: number,
): { out: number[]; absSum: number; squareSum: number } {
  const out = row.map((value) => {
    const scaled = fround(value * inverse);
    return max(min(step === 0 ? scaled : round(scaled, step), 1), -1);
  });
  return { out, absSum: laneSum(out.map(abs)), squareSum: laneSum(out.map((value) => fround(value * value))) };
}

export interface AdcSettings {
  readonly step: number;
  readonly range: number;
  readonly inl: number;
}

/** One ADC conversion; `clipped` only with a step. */
export function adcOne(
  y: number,
  gain: number,
  offset: number,
  { step, range, inl }: AdcSettings,
): { value: number; clipped: boolean } {
  let value = fround(fround(y * gain) + offset);
  if (inl !== 0 && range > 0) {
    const relative = fround(value / range);
    value = fround(value + fround(inl * max(fround(1 - fround(relative * relative)), 0)));
  }
  if (step === 0) return { value, clipped: false };
  const code = round(value, step);
  return { value: max(min(code, range), -range), clipped: abs(code) > range };
}

/** f32 within a row, f64 over rows. */
export function absDot(x: Matrix, g: Float32Array): number {
  let total = 0;
  for (let i = 0; i < x.rows; i++) total += laneSum(rowOf(x, i).map((value, j) => fround(abs(value) * g[j]!)));
  return total;
}

/** Nearest bf16, ties to even, as the upper half of the f32 bits; NaN becomes quiet. */
export function bf16Bits(value: number): number {
  const bits = new Uint32Array(new Float32Array([value]).buffer)[0]!;
  if (Number.isNaN(value)) return (bits >>> 16) | 0x40;
  const lower = bits & 0xffff;
  const upper = bits >>> 16;
  const up = lower > 0x8000 || (lower === 0x8000 && upper % 2 === 1);
  return upper + (up ? 1 : 0);
}

export interface Windows {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly kernelHeight: number;
  readonly kernelWidth: number;
  readonly strideY: number;
  readonly strideX: number;
  readonly padTop: number;
  readonly padLeft: number;
  readonly dilation: number;
  readonly outputHeight: number;
  readonly outputWidth: number;
}

/** Index into the map for every element of the columns matrix in order, -1 for padding. */
export function windowIndices(w: Windows): number[] {
  const indices: number[] = [];
  for (let oy = 0; oy < w.outputHeight; oy++)
    for (let ox = 0; ox < w.outputWidth; ox++)
      for (let ky = 0; ky < w.kernelHeight; ky++)
        for (let kx = 0; kx < w.kernelWidth; kx++)
          for (let channel = 0; channel < w.channels; channel++) {
            const y = oy * w.strideY - w.padTop + ky * w.dilation;
            const x = ox * w.strideX - w.padLeft + kx * w.dilation;
            const inside = y >= 0 && y < w.height && x >= 0 && x < w.width;
            indices.push(inside ? (y * w.width + x) * w.channels + channel : -1);
          }
  return indices;
}

import type { Format } from '../../isa/limits.ts';
import type { Kernels } from '../numeric/kernels.ts';
import { roundHalfEven } from '../numeric/quantise.ts';

type IntegerFormat = Exclude<Format, 'f32' | 'bf16'>;

/** Smallest and largest code of the integer formats. */
export const integerRange: Readonly<Record<IntegerFormat, readonly [number, number]>> = {
  i32: [-(2 ** 31), 2 ** 31 - 1],
  i16: [-(2 ** 15), 2 ** 15 - 1],
  i8: [-128, 127],
  u8: [0, 255],
};

export const isInteger = (format: Format): format is IntegerFormat => format !== 'f32' && format !== 'bf16';

function integerView(
  kernels: Kernels,
  pointer: number,
  count: number,
  format: IntegerFormat,
): Int32Array | Int16Array | Int8Array | Uint8Array {
  const buffer = kernels.memory.buffer;
  if (format === 'i32') return new Int32Array(buffer, pointer, count);
  if (format === 'i16') return new Int16Array(buffer, pointer, count);
  return format === 'i8' ? new Int8Array(buffer, pointer, count) : new Uint8Array(buffer, pointer, count);
}

/** Nearest code of an integer format, halves to even, saturated; NaN becomes 0. */
export function saturate(value: number, format: IntegerFormat): number {
  const [low, high] = integerRange[format];
  if (Number.isNaN(value)) return 0;
  return Math.min(high, Math.max(low, roundHalfEven(value)));
}

/**
 * Pointer to `count` f32 values of elements stored at `pointer`; integer codes are worth `unit` each. f32 data is used in
 * place, everything else is converted into scratch, so that the caller must hold a mark and must not write through it.
 */
export function loadFloats(kernels: Kernels, pointer: number, count: number, format: Format, unit = 1): number {
  if (format === 'f32') return pointer;
  const out = kernels.allocate(4 * count);
  if (format === 'bf16') kernels.fromBf16(out, pointer, count);
  else if (format === 'u8') kernels.fromU8(out, pointer, count, unit);
  else {
    const [codes, values] = [integerView(kernels, pointer, count, format), kernels.f32(out, count)];
    for (let i = 0; i < count; i++) values[i] = codes[i]! * unit;
  }
  return out;
}

/** Stores `count` f32 values in a format. */
export function storeFloats(kernels: Kernels, pointer: number, values: number, count: number, format: Format): void {
  if (format === 'bf16') kernels.toBf16(pointer, values, count);
  else if (format === 'f32') {
    if (pointer !== values) kernels.f32(pointer, count).set(kernels.f32(values, count));
  } else {
    const [codes, from] = [integerView(kernels, pointer, count, format), kernels.f32(values, count)];
    for (let i = 0; i < count; i++) codes[i] = saturate(from[i]!, format);
  }
}

/** Elements as numbers: exact for every format, i32 included. Copies. */
export function loadNumbers(kernels: Kernels, pointer: number, count: number, format: Format): Float64Array {
  if (isInteger(format)) return Float64Array.from(integerView(kernels, pointer, count, format));
  const mark = kernels.mark();
  const numbers = Float64Array.from(kernels.f32(loadFloats(kernels, pointer, count, format), count));
  kernels.release(mark);
  return numbers;
}

/** Stores numbers, rounded to the format once. */
export function storeNumbers(kernels: Kernels, pointer: number, numbers: Float64Array, format: Format): void {
  const count = numbers.length;
  if (isInteger(format)) {
    const codes = integerView(kernels, pointer, count, format);
    for (let i = 0; i < count; i++) codes[i] = saturate(numbers[i]!, format);
    return;
  }
  const mark = kernels.mark();
  const values = format === 'f32' ? pointer : kernels.allocate(4 * count);
  kernels.f32(values, count).set(numbers);
  storeFloats(kernels, pointer, values, count, format);
  kernels.release(mark);
}

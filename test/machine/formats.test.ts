import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Format, formats } from '../../isa/limits.ts';
import {
  integerRange,
  isInteger,
  loadFloats,
  loadNumbers,
  saturate,
  storeFloats,
  storeNumbers,
} from '../../src/machine/formats.ts';
import { createKernels } from '../../src/numeric/create-kernels.ts';

const kernels = createKernels();
const run = { seed: 20_250_109, numRuns: 100 };

test('codes of every integer format survive a round trip, i32 included', () => {
  for (const format of formats.filter(isInteger)) {
    const [min, max] = integerRange[format];
    fc.assert(
      fc.property(fc.array(fc.integer({ min, max }), { maxLength: 30 }), (codes) => {
        const mark = kernels.mark();
        const at = kernels.allocate(4 * codes.length);
        storeNumbers(kernels, at, Float64Array.from(codes), format);
        expect([...loadNumbers(kernels, at, codes.length, format)]).toEqual(codes);
        kernels.release(mark);
      }),
      run,
    );
  }
});

test('floats are stored as the nearest element of the format', () => {
  const values = [0.3, -2.5, 3.5, 300, -1000, 1e9];
  const stored = (format: Format): number[] => {
    const [from, at] = [kernels.allocate(64), kernels.allocate(64)];
    kernels.f32(from, values.length).set(values);
    storeFloats(kernels, at, from, values.length, format);
    return [...kernels.f32(loadFloats(kernels, at, values.length, format), values.length)];
  };
  expect(stored('f32')).toEqual(values.map(Math.fround));
  expect(stored('i8')).toEqual([0, -2, 4, 127, -128, 127]);
  expect(stored('u8')).toEqual([0, 0, 4, 255, 0, 255]);
  for (const [i, value] of stored('bf16').entries()) expect(Math.abs(value / values[i]! - 1)).toBeLessThan(2 ** -8);
});

test('integer codes are worth their unit', () => {
  for (const format of ['u8', 'i16'] as const) {
    const at = kernels.allocate(16);
    storeNumbers(kernels, at, Float64Array.of(3, 255), format);
    expect([...kernels.f32(loadFloats(kernels, at, 2, format, 0.5), 2)]).toEqual([1.5, 127.5]);
  }
});

test('NaN has code 0', () => expect(saturate(Number.NaN, 'i8')).toBe(0));

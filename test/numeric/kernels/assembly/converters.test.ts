import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gap, kernels, place, placeMatrix, run, scoped, seed, size } from '../../kernel-memory.ts';
import * as twins from '../../twins.ts';

const step = fc.constantFrom(0, 1, 1 / 3, 1 / 127, 1 / 7, 0.25).map(Math.fround);

test('rowAbsMax equals its twin', () => {
  fc.assert(
    fc.property(size, size, gap, seed, (m, k, gap, seed) =>
      scoped(() => {
        const x = placeMatrix(seed, m, k, gap);
        const scale = kernels.allocate(4 * m);
        kernels.rowAbsMax(scale, x.pointer, m, k, x.stride);
        expect(kernels.f32(scale, m)).toEqual(Float32Array.from({ length: m }, (_, i) => twins.rowAbsMax(x, i)));
      }),
    ),
    run,
  );
});

test('dac equals its twin, sums included', () => {
  fc.assert(
    fc.property(size, size, gap, seed, step, (m, k, gap, seed, step) =>
      scoped(() => {
        const x = placeMatrix(seed, m, k, gap);
        const inverse = placeMatrix(seed + 1, m, 1);
        if (m > 0) inverse.data[0] = kernels.f32(inverse.pointer, m)[0] = 0;
        const out = kernels.allocate(4 * m * k);
        const [absSum, squareSum] = [kernels.allocate(4 * m), kernels.allocate(4 * m)];
        kernels.dac(out, x.pointer, inverse.pointer, absSum, squareSum, m, k, x.stride, step);
        for (let i = 0; i < m; i++) {
          const expected = twins.dacRow(twins.rowOf(x, i), inverse.data[i]!, step);
          expect(kernels.f32(out + 4 * i * k, k)).toEqual(Float32Array.from(expected.out));
          expect(kernels.f32(absSum, m)[i]).toBe(expected.absSum);
          expect(kernels.f32(squareSum, m)[i]).toBe(expected.squareSum);
        }
      }),
    ),
    run,
  );
});

test('dac ties go to the even code and full scale is the largest code', () => {
  scoped(() => {
    const x = place(new Float32Array([0.125, 0.375, -0.125, -0.375, 0.625, 1, 2, -5]));
    const inverse = place(new Float32Array([1]));
    const sums = kernels.allocate(32);
    kernels.dac(x, x, inverse, sums, sums + 16, 1, 8, 8, 0.25);
    expect([...kernels.f32(x, 8)]).toEqual([0, 0.5, -0, -0.5, 0.5, 1, 1, -1]);
    expect(kernels.f32(sums, 1)[0]).toBe(4.5);
    expect(kernels.f32(sums + 16, 1)[0]).toBe(3.75);
  });
});

test('adc equals its twin, clip counts included', () => {
  const settings = fc.record({ step, range: fc.constantFrom(0.5, 1, 2.5), inl: fc.constantFrom(0, 0.0625, -0.125) });
  fc.assert(
    fc.property(size, size, gap, seed, settings, (m, n, gap, seed, settings) =>
      scoped(() => {
        const y = placeMatrix(seed, m, n, gap);
        const gain = placeMatrix(seed + 1, 1, n);
        const offset = placeMatrix(seed + 2, 1, n);
        const clipped = kernels.allocate(4 * m);
        const { step, range, inl } = settings;
        const total = kernels.adc(y.pointer, gain.pointer, offset.pointer, clipped, m, n, y.stride, step, range, inl);
        const counts = new Int32Array(m);
        for (let i = 0; i < m; i++) {
          for (let j = 0; j < n; j++) {
            const one = twins.adcOne(y.data[i * y.stride + j]!, gain.data[j]!, offset.data[j]!, settings);
            y.data[i * y.stride + j] = one.value;
            counts[i]! += one.clipped ? 1 : 0;
          }
        }
        expect(kernels.f32(y.pointer, y.data.length)).toEqual(y.data);
        expect(kernels.i32(clipped, m)).toEqual(counts);
        expect(total).toBe(counts.reduce((sum, count) => sum + count, 0));
      }),
    ),
    run,
  );
});

test('absDot equals its twin', () => {
  fc.assert(
    fc.property(size, size, gap, seed, (m, k, gap, seed) =>
      scoped(() => {
        const x = placeMatrix(seed, m, k, gap);
        const g = placeMatrix(seed + 1, 1, k);
        expect(kernels.absDot(x.pointer, g.pointer, m, k, x.stride)).toBe(twins.absDot(x, g.data));
      }),
    ),
    run,
  );
});

test('a NaN is never hidden', () => {
  scoped(() => {
    const x = place(new Float32Array([1, Number.NaN, -3, 4, 5]));
    const ones = place(new Float32Array(5).fill(1));
    const scale = kernels.allocate(16);
    kernels.rowAbsMax(scale, x, 1, 5, 5);
    expect(kernels.f32(scale, 1)[0]).toBeNaN();
    const [out, sums] = [kernels.allocate(32), kernels.allocate(32)];
    kernels.dac(out, x, ones, sums, sums + 16, 1, 5, 5, 0.25);
    expect([...kernels.f32(out, 5)]).toEqual([1, Number.NaN, -1, 1, 1]);
    expect(kernels.f32(sums, 1)[0]).toBeNaN();
    expect(kernels.adc(x, ones, ones, sums, 1, 5, 5, 0.25, 2, 0)).toBe(2);
    expect([...kernels.f32(x, 5)]).toEqual([2, Number.NaN, -2, 2, 2]);
  });
});

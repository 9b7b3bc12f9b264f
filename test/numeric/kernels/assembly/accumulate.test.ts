import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { kernels, place, placeMatrix, scoped, seed } from '../../kernel-memory.ts';

const { fround, trunc } = Math;
const few = { seed: 20_250_101, numRuns: 80 };
const small = fc.integer({ min: 1, max: 19 });

describe('accumulateOuter', () => {
  test('equals its twin: vectors in order from 0, one rounding per operation; rows of zeros too', () => {
    fc.assert(
      fc.property(seed, fc.integer({ min: 1, max: 6 }), small, small, fc.nat(3), (from, n, rows, columns, silent) =>
        scoped(() => {
          const [chi, x, d] = [
            placeMatrix(from, rows, columns),
            placeMatrix(from + 1, n, rows),
            placeMatrix(from + 2, n, columns),
          ];
          // whole groups of four rows fall silent
          for (let v = 0; v < n; v++) for (let r = 4 * silent; r < Math.min(rows, 4 * silent + 4); r++) x.data[v * rows + r] = 0;
          kernels.f32(x.pointer, x.data.length).set(x.data);
          const rate = fround(-0.3);
          const expected = chi.data.map((before, i) => {
            let sum = 0;
            for (let v = 0; v < n; v++)
              sum = fround(sum + fround(x.data[v * rows + Math.floor(i / columns)]! * d.data[v * columns + (i % columns)]!));
            return fround(before + fround(rate * sum));
          });
          kernels.accumulateOuter(chi.pointer, x.pointer, d.pointer, n, rows, columns, rate);
          expect(kernels.f32(chi.pointer, rows * columns)).toEqual(expected);
        }),
      ),
      few,
    );
  });

  test('an infinite column vector reaches rows of zeros, as 0 times infinity does', () => {
    scoped(() => {
      const [chi, x, d] = [place(new Float32Array(8)), place(new Float32Array(4)), place(Float32Array.of(1, Infinity))];
      kernels.accumulateOuter(chi, x, d, 1, 4, 2, 1);
      expect([...kernels.f32(chi, 8)]).toEqual([0, NaN, 0, NaN, 0, NaN, 0, NaN]);
    });
  });
});

describe('emitCounts', () => {
  test.each([
    [1, 127],
    [2, 32767],
    [4, 2 ** 31 - 1],
  ])('equals its twin, %i bytes', (bytes, most) => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constant(NaN), fc.float({ min: -3, max: 3, noNaN: true }), fc.float({ noNaN: true })), {
          minLength: 1,
          maxLength: 40,
        }),
        fc.constantFrom(0.0949, -0.25, 3, 1e-3),
        (values, epsilon) =>
          scoped(() => {
            const before = Float32Array.from(values);
            const chi = place(before);
            const counts = kernels.allocate(bytes * values.length);
            const steps = [...before].map((v) => Math.min(most, Math.max(-most, trunc(v / epsilon))) || 0);
            const found = kernels.emitCounts(counts, chi, values.length, epsilon, most, bytes);
            expect(found).toBe(steps.filter((n) => n !== 0).length);
            const read = { 1: Int8Array, 2: Int16Array, 4: Int32Array }[bytes]!;
            expect([...new read(kernels.memory.buffer, counts, values.length)]).toEqual(steps.map((n) => n + 0));
            expect(kernels.f32(chi, values.length)).toEqual(before.map((v, i) => (steps[i] === 0 ? v : v - steps[i]! * epsilon)));
          }),
      ),
      few,
    );
  });

  test('holds a step from epsilon on, not a hair below', () => {
    scoped(() => {
      const epsilon = 0.1;
      const chi = place(Float32Array.of(fround(0.1), fround(0.1) - 2 ** -26, -fround(0.1), 0.0999));
      const counts = kernels.allocate(4);
      // 0.1 as f32 lies above 0.1, its neighbour below
      expect(kernels.emitCounts(counts, chi, 4, epsilon, 127, 1)).toBe(2);
      expect([...new Int8Array(kernels.memory.buffer, counts, 4)]).toEqual([1, 0, -1, 0]);
    });
  });
});

describe('widenCounts', () => {
  test.each([
    [1, Int8Array],
    [2, Int16Array],
    [4, Int32Array],
  ] as const)('gives i32, %i bytes', (bytes, codes) => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -128, max: 127 }), { maxLength: 21 }), (values) =>
        scoped(() => {
          const at = kernels.allocate(bytes * values.length);
          new codes(kernels.memory.buffer, at, values.length).set(values);
          const out = kernels.allocate(4 * values.length);
          kernels.widenCounts(out, at, values.length, bytes);
          expect([...kernels.i32(out, values.length)]).toEqual(values);
        }),
      ),
      few,
    );
  });
});

test('serialSlots adds the largest up and down counts of every run, and notes the rows it meets', () => {
  fc.assert(
    fc.property(seed, small, small, fc.integer({ min: 1, max: 7 }), fc.nat(3), (from, rows, columns, parallel, gap) =>
      scoped(() => {
        const stride = columns + gap;
        const counts = Int32Array.from({ length: rows * stride }, (_, i) =>
          (from + 31 * i * i) % 7 < 5 ? 0 : ((from + i) % 9) - 4,
        );
        const at = kernels.allocate(4 * counts.length);
        kernels.i32(at, counts.length).set(counts);
        const touched = kernels.allocate(rows);
        let slots = 0;
        const met = Array.from({ length: rows }, () => 0);
        for (let r = 0; r < rows; r++) {
          const row = [...counts.subarray(r * stride, r * stride + columns)];
          if (row.some((n) => n !== 0)) met[r] = 1;
          for (let c = 0; c < columns; c += parallel) {
            const run = row.slice(c, c + parallel);
            slots += Math.max(0, ...run) + Math.max(0, ...run.map((n) => -n));
          }
        }
        expect(kernels.serialSlots(at, stride, rows, columns, parallel, touched)).toBe(slots);
        expect([...kernels.u8(touched, rows)]).toEqual(met);
      }),
    ),
    few,
  );
});

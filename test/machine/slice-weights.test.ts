import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sliceFactor, sliceWeight } from '../../src/machine/slice-weights.ts';

const run = { seed: 20_250_105, numRuns: 300 };

test('slicing then recombining is the identity on whole codes, and within half a code elsewhere', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 8 }),
      fc.integer({ min: 1, max: 5 }),
      fc.double({ min: -1, max: 1, noNaN: true }),
      (slices, bits, w) => {
        const levels = 2 ** (bits * slices) - 1;
        const slicing = { slices, bits };
        const recombine = (weight: number): number =>
          Array.from({ length: slices }, (_, s) => sliceFactor(slicing, s) * sliceWeight(slicing, weight, s)).reduce(
            (sum, part) => sum + part,
            0,
          );
        expect(Math.abs(recombine(w) - w)).toBeLessThanOrEqual(0.5000001 / levels);
        const whole = Math.round(w * levels) / levels;
        expect(recombine(whole)).toBeCloseTo(whole, 12);
      },
    ),
    run,
  );
});

test('digits come most significant first', () => {
  expect([0, 1].map((s) => sliceWeight({ slices: 2, bits: 2 }, 6 / 15, s) * 3)).toEqual([1, 2]);
  expect(sliceWeight({ slices: 2, bits: 2 }, -1, 1)).toBe(-1);
});

test('no bits means an analog weight', () => {
  expect(sliceWeight({ slices: 1, bits: 0 }, 0.3, 0)).toBe(0.3);
  expect(sliceFactor({ slices: 1, bits: 0 }, 0)).toBe(1);
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { halfWidth95, moments, quantile, studentT975 } from '../../src/numeric/moments.ts';
import { run } from './kernel-memory.ts';

const numbers = fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 1, maxLength: 50 });

test('mean and deviation follow their definitions', () => {
  fc.assert(
    fc.property(numbers, (values) => {
      const { count, mean, deviation } = moments(values);
      const expected = values.reduce((sum, value) => sum + value, 0) / values.length;
      const squares = values.reduce((sum, value) => sum + (value - expected) ** 2, 0);
      expect(count).toBe(values.length);
      expect(mean).toBeCloseTo(expected, 9);
      expect(deviation).toBeCloseTo(values.length === 1 ? 0 : Math.sqrt(squares / (values.length - 1)), 8);
    }),
    run,
  );
});

test('a large common offset costs no precision', () => {
  expect(moments([1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16]).deviation).toBeCloseTo(Math.sqrt(30), 12);
});

test('no numbers and one number', () => {
  expect(moments([])).toEqual({ count: 0, mean: Number.NaN, deviation: Number.NaN });
  expect(moments([4])).toEqual({ count: 1, mean: 4, deviation: 0 });
  expect(halfWidth95(moments([4]))).toBe(Number.POSITIVE_INFINITY);
});

// Published tables of Student's t, two-sided 95 %.
test.each([
  [1, 12.706],
  [2, 4.303],
  [4, 2.776],
  [10, 2.228],
  [11, 2.201],
  [15, 2.131],
  [20, 2.086],
  [30, 2.042],
  [120, 1.98],
])('t with %i degrees of freedom is %d', (degrees, expected) => {
  expect(studentT975(degrees)).toBeCloseTo(expected, 3);
});

test('the interval of three instances', () => {
  expect(halfWidth95(moments([1, 2, 3]))).toBeCloseTo(4.30265 / Math.sqrt(3), 6);
  expect(() => studentT975(0)).toThrow('degrees is 0');
});

test('quantiles interpolate between order statistics', () => {
  expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5);
  expect(quantile([4, 1, 3, 2], 0)).toBe(1);
  expect(quantile([4, 1, 3, 2], 1)).toBe(4);
  expect(quantile([10, 20], 0.25)).toBe(12.5);
  expect(quantile([Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY, 0], 0.25)).toBe(Number.NEGATIVE_INFINITY);
  expect(quantile([], 0.5)).toBeNaN();
  expect(() => quantile([1], 1.5)).toThrow('fraction is 1.5');
});

test('quantiles rise with the fraction and stay inside the numbers', () => {
  fc.assert(
    fc.property(
      numbers,
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (values, a, b) => {
        const [low, high] = [quantile(values, Math.min(a, b)), quantile(values, Math.max(a, b))];
        expect(low).toBeLessThanOrEqual(high);
        expect(low).toBeGreaterThanOrEqual(Math.min(...values));
        expect(high).toBeLessThanOrEqual(Math.max(...values));
      },
    ),
    run,
  );
});

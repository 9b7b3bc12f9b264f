import { expect, test } from 'vitest';
import { expectedSlowest, pulseLaw } from '../../src/device/pulse-counts.ts';

test('counts follow the geometric law', () => {
  const law = pulseLaw(4, 10);
  expect([0, 0.2499, 0.25, 0.4374, 0.4376].map((u) => law.count(u))).toEqual([1, 1, 2, 2, 3]);
  expect(law.count(0.9999)).toBe(11);
});

test('a mean of one needs one pulse', () => expect(pulseLaw(1, 5).count(0.999)).toBe(1));

test('the slowest of one cell is the truncated mean, and more cells are slower', () => {
  expect(expectedSlowest(11, 1, 10_000)).toBeCloseTo(11, 6);
  expect(expectedSlowest(11, 4, 500)).toBeGreaterThan(expectedSlowest(11, 2, 500));
  expect(expectedSlowest(89, 1e6, 500)).toBeCloseTo(500, 1);
});

test('programmer errors name the value', () => {
  expect(() => pulseLaw(0.5, 5)).toThrow('mean is 0.5');
  expect(() => pulseLaw(2, 0)).toThrow('limit is 0');
});

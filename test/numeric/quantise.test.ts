import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clamp, converterStep, quantise, roundHalfEven } from '../../src/numeric/quantise.ts';
import { run } from './kernel-memory.ts';

test.each([
  [0.5, 0],
  [1.5, 2],
  [2.5, 2],
  [-0.5, -0],
  [-1.5, -2],
  [-2.5, -2],
  [0.49999999999999994, 0],
  [2.4, 2],
  [-2.6, -3],
  [2 ** 52 + 1, 2 ** 52 + 1],
])('%d rounds to %d', (value, expected) => {
  expect(roundHalfEven(value)).toBe(expected);
});

test('roundHalfEven is odd, within a half, and whole', () => {
  fc.assert(
    fc.property(fc.double({ min: -1e9, max: 1e9, noNaN: true }), (value) => {
      const rounded = roundHalfEven(value);
      expect(Number.isInteger(rounded)).toBe(true);
      expect(Math.abs(rounded - value)).toBeLessThanOrEqual(0.5);
      expect(roundHalfEven(-value)).toBe(-rounded);
    }),
    run,
  );
});

test('steps of a signed converter', () => {
  expect(converterStep(0, 3)).toBe(0);
  expect(converterStep(1, 3)).toBe(3);
  expect(converterStep(8, 1)).toBe(1 / 127);
  for (let bits = 2; bits <= 16; bits++) expect(converterStep(bits, 1)).toBeCloseTo(2 / (2 ** bits - 2), 15);
  expect(() => converterStep(-1, 1)).toThrow('bits is -1');
  expect(() => converterStep(2.5, 1)).toThrow('bits is 2.5');
});

test('quantise is idempotent, bounded and within half a step', () => {
  fc.assert(
    fc.property(fc.double({ min: -3, max: 3, noNaN: true }), fc.constantFrom(0.125, 0.25, 0.5, 1), (value, step) => {
      const code = quantise(value, step, 1);
      expect(Math.abs(code)).toBeLessThanOrEqual(1);
      expect(quantise(code, step, 1)).toBe(code);
      expect(Math.abs(code - clamp(value, -1, 1))).toBeLessThanOrEqual(step / 2);
    }),
    run,
  );
});

test('step 0 only limits', () => {
  expect(quantise(0.123, 0, 1)).toBe(0.123);
  expect(quantise(-7, 0, 1)).toBe(-1);
});

import { expect, test } from 'vitest';
import { disturbed, voltageRatio } from '../../src/device/disturb.ts';
import { interpolate, polynomial } from '../../src/device/polynomial.ts';

test('the voltage law meets its points and is monotone', () => {
  expect(voltageRatio(1)).toBe(1);
  expect(voltageRatio(0.5)).toBeCloseTo(2.1e-8, 12);
  expect(voltageRatio(0.95)).toBeCloseTo(0.33, 9);
  for (let share = 0.3; share < 1; share += 0.01) expect(voltageRatio(share + 0.01)).toBeGreaterThan(voltageRatio(share));
});

test('half-select drift is exponential towards the bound', () => {
  expect(disturbed(0, 1, 0.1, 1, 1)).toBeCloseTo(0.1, 12);
  expect(disturbed(0, -1, 0.1, 1, 1)).toBeCloseTo(-0.1, 12);
  expect(disturbed(0.6, 1, 0.1, 0.5, 0)).toBe(0.6);
  let state = 0.2;
  for (let pulse = 0; pulse < 50; pulse++) state += 0.001 * 0.1 * (1 - state);
  expect(disturbed(0.2, 1, 0.1, 0.001, 50)).toBeCloseTo(state, 12);
});

test('polynomials and curves', () => {
  expect(polynomial([1, 2, 3], 2)).toBe(17);
  const curve = { x: [0, 1, 3], y: [0, 10, 30] };
  expect([-1, 0.5, 2, 9].map((at) => interpolate(curve, at))).toEqual([0, 5, 20, 30]);
});

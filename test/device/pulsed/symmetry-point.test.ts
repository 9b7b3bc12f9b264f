import { expect, test } from 'vitest';
import { createPulsed } from '../../../src/device/pulsed/create-pulsed.ts';
import { meanStep, symmetryPoint } from '../../../src/device/pulsed/symmetry-point.ts';

const record = (alphaUp: number, slopeUp: number, upper: number, alphaDown: number, slopeDown: number, lower: number) =>
  Float32Array.of(alphaUp, slopeUp, upper, alphaDown, slopeDown, lower, 0, 0);
const linear = createPulsed({ law: 'linear', granularity: 0.1, cycleNoise: 0 });

test('soft bounds: (a+ - a-) / (a+ / b+ - a- / b-)', () => {
  const [up, down, high, low] = [0.0745, 0.1165, 1.1, -0.9];
  const cell = record(up, -1 / high, high, down, -1 / low, low);
  expect(symmetryPoint(linear, cell, 0)).toBeCloseTo((up - down) / (up / high - down / low), 6);
});

test('equal constant steps have none: 0, or the nearest state of a dead cell', () => {
  expect(symmetryPoint(linear, record(0.1, 0, 1, 0.1, 0, -1), 0)).toBe(0);
  expect(symmetryPoint(linear, record(0, 0, 0.3, 0, 0, 0.3), 0)).toBeCloseTo(0.3, 6);
});

test('curved laws: where the two steps are equal', () => {
  const shape = { a: -0.5, b: -0.5, gammaUp: 5, gammaDown: 5, amplitudeUp: -1.18445, amplitudeDown: -0.081404 };
  const options = { granularity: 0.01, cycleNoise: 0, shape: { ...shape, noiseFloor: 0, noisePerWeight: 0 } };
  for (const law of ['exponential', 'power'] as const) {
    const cell = createPulsed({ law, ...options });
    const one = record(0.01, 1, 1, 0.008, 1, -1);
    const point = symmetryPoint(cell, one, 0);
    expect(Math.abs(point)).toBeLessThan(1);
    expect(meanStep(cell, one, 0, point, true)).toBeCloseTo(meanStep(cell, one, 0, point, false), 9);
  }
});

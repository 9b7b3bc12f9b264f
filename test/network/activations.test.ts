import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { activate, activateBackward } from '../../src/network/activations.ts';
import type { Activation } from '../../src/network/layer-graph.ts';

const activations: readonly Activation[] = ['none', 'relu', 'leaky-relu', 'sigmoid', 'tanh'];

const apply = (value: number, activation: Activation): number => {
  const values = Float32Array.of(value);
  activate(values, activation);
  return values[0]!;
};

describe.each(activations)('%s', (activation) => {
  it('has the slope that activateBackward multiplies by', () => {
    const away = fc.double({ min: -4, max: 4, noNaN: true }).filter((value) => Math.abs(value) > 0.01);
    fc.assert(
      fc.property(away, fc.double({ min: -2, max: 2, noNaN: true }), (value, gradient) => {
        const slope = (apply(value + 5e-3, activation) - apply(value - 5e-3, activation)) / 1e-2;
        const given = Float32Array.of(gradient);
        activateBackward(given, Float32Array.of(apply(value, activation)), activation);
        expect(given[0]).toBeCloseTo(slope * gradient, 3);
      }),
      { seed: 6, numRuns: 50 },
    );
  });

  it('never falls', () => {
    const values = Float32Array.from({ length: 101 }, (_, index) => (index - 50) / 5);
    activate(values, activation);
    for (let i = 1; i < values.length; i++) expect(values[i]).toBeGreaterThanOrEqual(values[i - 1]!);
  });
});

it('stays finite at the ends', () => {
  expect(activations.map((activation) => apply(-1000, activation))).toEqual([-1000, 0, -10, 0, -1]);
  expect(activations.map((activation) => apply(1000, activation))).toEqual([1000, 1000, 1000, 1, 1]);
});

it('passes no gradient where a rectifier gives exactly 0', () => {
  const gradient = Float32Array.of(3);
  activateBackward(gradient, Float32Array.of(0), 'relu');
  expect(gradient[0]).toBe(0);
});

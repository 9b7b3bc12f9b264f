import { describe, expect, it } from 'vitest';
import { adam, createOptimiser, type OptimiserKind } from '../../src/network/optimiser.ts';
import type { ResidentLayer } from '../../src/network/resident-parameters.ts';
import { createKernels } from '../../src/numeric/create-kernels.ts';

const kernels = createKernels();

/** Weights 1, -2 and a bias of 0.5 with gradients 0.1, -0.4 and 0 after `steps` steps. */
function weightsAfter(kind: OptimiserKind, steps: number, rate: number, decay = 0): number[] {
  const layer = (values: number[]): ResidentLayer => {
    const weights = kernels.allocate(4 * values.length);
    kernels.f32(weights, values.length).set(values);
    return { inputs: 1, outputs: 2, weights, bias: weights + 8, count: values.length };
  };
  const parameters = layer([1, -2, 0.5]);
  const update = createOptimiser(kernels, kind, [parameters], [layer([0.1, -0.4, 0])]);
  for (let step = 0; step < steps; step++) update(rate, decay);
  return Array.from(kernels.f32(parameters.weights, 3));
}

const near = (values: readonly number[]) => values.map((value) => expect.closeTo(value, 5));

describe('createOptimiser', () => {
  it('sgd follows the gradient and decays every parameter', () => {
    expect(weightsAfter({ kind: 'sgd' }, 1, 0.5)).toEqual(near([0.95, -1.8, 0.5]));
    expect(weightsAfter({ kind: 'sgd' }, 1, 0.5, 0.2)).toEqual(near([0.85, -1.6, 0.45]));
  });

  it('momentum accumulates velocity', () => {
    expect(weightsAfter({ kind: 'momentum', momentum: 0.9 }, 2, 0.5)).toEqual(
      near([1 - 0.5 * (0.1 + 0.19), -2 + 0.5 * (0.4 + 0.76), 0.5]),
    );
  });

  it('adam makes steps of the rate whatever the size of a steady gradient', () => {
    expect(weightsAfter(adam, 1, 0.01)).toEqual(near([0.99, -1.99, 0.5]));
    expect(weightsAfter(adam, 10, 0.01)).toEqual(near([0.9, -1.9, 0.5]));
  });
});

import { describe, expect, test } from 'vitest';
import { learntParameters } from '../../../src/simulate/training-deployment.ts';
import { compileTiny, type TinyTraining, trained } from '../../support/tiny-training.ts';

/** Largest |difference| over largest |weight| of every trained layer, against the float network trained alike. */
function deviations(tiny: TinyTraining): number[] {
  const compiled = compileTiny(tiny);
  const learnt = learntParameters(compiled, trained(compiled).learnt!);
  return compiled.reference.parameters.flatMap(({ weights, bias }, layer) => {
    if (weights.length === 0) return [];
    const most = weights.reduce((largest, weight) => Math.max(largest, Math.abs(weight)), 0);
    const gap = (a: Float32Array, b: Float32Array): number =>
      a.reduce((largest, value, at) => Math.max(largest, Math.abs(value - b[at]!)), 0);
    return [Math.max(gap(learnt[layer]!.weights, weights), gap(learnt[layer]!.bias, bias)) / most];
  });
}

const ideal = (kind: string, steps: number): string =>
  `kind: ${kind}, batch: 5, samples: ${5 * steps}, learningRate: 0.1, weightMax: 2`;

describe.each(['perceptron', 'convolutional'] as const)('an ideal chip trains the %s network', (network) => {
  test('as floats do, after one step', () => {
    for (const deviation of deviations({ network, algorithm: ideal('sgd', 1) })) expect(deviation).toBeLessThan(3e-6);
  });

  test('as floats do, after a hundred steps', () => {
    for (const deviation of deviations({ network, algorithm: ideal('sgd', 100) })) expect(deviation).toBeLessThan(1e-4);
  });

  test('with mixed precision to a few of its fine steps', () => {
    for (const deviation of deviations({ network, algorithm: ideal('mixed', 20) })) expect(deviation).toBeLessThan(1e-4);
  });
});

test('the learning rate falls on the chip as it does in floats', () => {
  const algorithm = `${ideal('sgd', 10)}, epochs: 3, schedule: { every: 1, factor: 0.5 }`;
  for (const deviation of deviations({ algorithm })) expect(deviation).toBeLessThan(1e-4);
});

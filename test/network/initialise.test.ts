import { expect, it } from 'vitest';
import { rootMeanSquare } from '../../src/network/clip-weights.ts';
import { initialise } from '../../src/network/initialise.ts';
import { createKernels } from '../../src/numeric/create-kernels.ts';
import { shippedNetwork } from './examples.ts';

const kernels = createKernels();
const lenet = shippedNetwork('lenet-5');

it('spreads weights by He where layers rectify and by Glorot at the end, with zero biases', () => {
  const parameters = initialise(kernels, lenet, 1);
  expect(rootMeanSquare(parameters[5]!.weights)).toBeCloseTo(Math.sqrt(2 / 400), 3);
  expect(rootMeanSquare(parameters[6]!.weights)).toBeCloseTo(Math.sqrt(2 / 120), 2);
  expect(Math.abs(rootMeanSquare(parameters[7]!.weights) / Math.sqrt(2 / 94) - 1)).toBeLessThan(0.08);
  expect(parameters.every(({ bias }) => bias.every((value) => value === 0))).toBe(true);
  expect(parameters.map(({ weights, bias }) => weights.length + bias.length)).toEqual([156, 0, 2416, 0, 0, 48_120, 10_164, 850]);
});

it('repeats for a seed, differs for another, and frees its memory', () => {
  const before = kernels.mark();
  const first = initialise(kernels, lenet, 1);
  expect(initialise(kernels, lenet, 1)).toEqual(first);
  expect(initialise(kernels, lenet, 2)[0]!.weights).not.toEqual(first[0]!.weights);
  expect(kernels.mark()).toBe(before);
});

import { describe, expect, it } from 'vitest';
import { clipWeights, crestFactor, rootMeanSquare } from '../../src/network/clip-weights.ts';
import { createKernels } from '../../src/numeric/create-kernels.ts';

const kernels = createKernels();

describe('clipWeights', () => {
  it('bounds the weights of each layer by its own deviation and leaves biases and inliers', () => {
    const values = Float32Array.from({ length: 100 }, (_, index) => (index % 2 === 0 ? 1 : -1));
    values[0] = 30;
    values[99] = -30;
    const limit = 2.5 * rootMeanSquare(values);
    const weights = kernels.allocate(4 * 102);
    kernels.f32(weights, 102).set([...values, 50, -50]);
    clipWeights(kernels, [{ inputs: 50, outputs: 2, weights, bias: weights + 400, count: 102 }], 2.5);
    const clipped = kernels.f32(weights, 102);
    expect(clipped[0]).toBeCloseTo(limit, 4);
    expect(clipped[99]).toBeCloseTo(-limit, 4);
    expect(Array.from(clipped.subarray(1, 99))).toEqual(Array.from(values.subarray(1, 99)));
    expect(Array.from(clipped.subarray(100))).toEqual([50, -50]);
  });
});

it('crestFactor is 1 for equal weights, more for outliers, 0 for none', () => {
  const bias = new Float32Array(0);
  expect(crestFactor({ weights: Float32Array.of(2, -2, 2), bias })).toBeCloseTo(1, 6);
  expect(crestFactor({ weights: Float32Array.of(0, 0, 0, 4), bias })).toBeCloseTo(2, 6);
  expect(crestFactor({ weights: bias, bias })).toBe(0);
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inferShapes, outputShape, parameterCount, windowCount } from '../../src/network/shapes.ts';
import { oddNetwork, shippedNetwork } from './examples.ts';

describe('windowCount', () => {
  it('is the number of places a window has', () => {
    const small = fc.integer({ min: 1, max: 12 });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        small,
        small,
        fc.integer({ min: 1, max: 3 }),
        (length, kernel, stride, dilation) => {
          let places = 0;
          for (let start = 0; start + dilation * (kernel - 1) < length; start += stride) places++;
          expect(Math.max(0, windowCount(length, kernel, stride, dilation))).toBe(places);
        },
      ),
      { seed: 5, numRuns: 300 },
    );
  });
});

describe('inferShapes', () => {
  it('gives the shapes that the parser settled on', () => {
    for (const network of [shippedNetwork('lenet-5'), oddNetwork]) {
      expect(inferShapes(network.inputShape, network.layers)).toEqual(network.shapes);
    }
  });

  it('names the layer that does not fit', () => {
    const { layers } = shippedNetwork('lenet-5');
    expect(() => inferShapes([28, 28, 3], layers)).toThrow(
      'convolution1 has an input of 28x28x3; want a map of height x width x channels with 1 channels',
    );
    expect(() => inferShapes([26, 28, 1], layers)).toThrow('linear1 has 320; want a vector of 400 features');
  });
});

it('counts weights, and biases where there are some', () => {
  const flattened = oddNetwork.shapes[4]![0]!;
  expect(parameterCount(oddNetwork)).toBe(12 * 3 + 3 + 12 * 4 + flattened * 5 + 5 + 5 * 3);
});

it('tells a problem from a shape', () => {
  expect(outputShape({ kind: 'flatten', name: 'f' }, [2, 3, 4])).toEqual([24]);
  expect(outputShape({ kind: 'linear', name: 'l', inputs: 4, outputs: 2, bias: true, activation: 'none' }, [2, 2])).toEqual({
    found: '2x2',
    expected: 'a vector of 4 features',
  });
});

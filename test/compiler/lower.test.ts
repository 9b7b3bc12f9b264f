import { describe, expect, it } from 'vitest';
import { lower } from '../../src/compiler/lower.ts';
import { networkOf, randomParameters } from './support.ts';

const network = networkOf(
  [9, 10, 2],
  [
    '{ convolution: { channels: 4, kernel: [3, 2], stride: [1, 2], pad: [1, 1, 0, 0], dilation: 2 }, activation: relu }',
    'pool: { function: average, kernel: 2, stride: 2 }',
    '{ linear: 6, activation: tanh, bias: false }',
    'linear: 3',
  ],
);
const parameters = randomParameters(network, 1);
const stages = lower(network, parameters);

describe('lower', () => {
  it('keeps matrices and pools in order; flatten vanishes', () => {
    expect(network.layers.map(({ kind }) => kind)).toEqual(['convolution', 'pool', 'flatten', 'linear', 'linear']);
    expect(stages.map(({ kind }) => kind)).toEqual(['matrix', 'pool', 'matrix', 'matrix']);
  });

  it('makes a convolution a matrix of kernel height x width x channels inputs, one vector per output pixel', () => {
    // (9 + 1 - 5) + 1 = 6 high, floor((10 + 1 - 3) / 2) + 1 = 5 wide
    expect(stages[0]).toMatchObject({ rows: 12, columns: 4, vectors: 30, inputElements: 180, outputElements: 120, layer: 0 });
    expect(stages[0]!.window).toEqual({
      ...{ height: 9, width: 10, channels: 2, kernelHeight: 3, kernelWidth: 2, strideY: 1, strideX: 2 },
      ...{ padTop: 1, padLeft: 1, padBottom: 0, padRight: 0, dilation: 2 },
    });
  });

  it('makes pooling a window without padding', () => {
    expect(stages[1]).toMatchObject({ function: 'average', vectors: 6, inputElements: 120, outputElements: 24 });
    expect(stages[1]!.window).toMatchObject({
      height: 6,
      width: 5,
      channels: 4,
      kernelHeight: 2,
      strideX: 2,
      padTop: 0,
      dilation: 1,
    });
  });

  it('hands over weights, biases and activations as they are', () => {
    const [, , third, last] = stages;
    expect(third).toMatchObject({
      layer: 3,
      rows: 24,
      columns: 6,
      vectors: 1,
      bias: undefined,
      activation: 'tanh',
      window: undefined,
    });
    expect(third?.kind === 'matrix' && third.weights).toBe(parameters[3]!.weights);
    expect(last?.kind === 'matrix' && last.bias).toBe(parameters[4]!.bias);
  });

  it('throws for a network without shapes', () => {
    expect(() => lower({ ...network, shapes: [] }, parameters)).toThrow('network small has no shape 0');
  });
});

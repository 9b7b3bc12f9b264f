import { describe, expect, it } from 'vitest';
import { checkStages } from '../../src/compiler/check-stages.ts';
import { lower } from '../../src/compiler/lower.ts';
import { InputError } from '../../src/config/issue.ts';
import { networkOf, randomParameters, stageOf } from './support.ts';

function sentences(input: readonly number[], layers: readonly string[]): readonly string[] {
  const network = networkOf(input, layers);
  try {
    checkStages(lower(network, randomParameters(network, 1)), network.name);
    return [];
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return error.message.split('\n');
  }
}

describe('check of stages', () => {
  it('passes what the words hold', () => {
    expect(
      sentences(
        [28, 28, 1],
        ['convolution: { channels: 6, kernel: 5, pad: 2 }', 'pool: { function: max, kernel: 2 }', 'linear: 10'],
      ),
    ).toEqual([]);
  });

  it('collects every window a descriptor cannot hold', () => {
    const found = sentences(
      [40, 40, 1],
      ['convolution: { channels: 2, kernel: 3, pad: [1, 0, 0, 0] }', 'convolution: { channels: 2, kernel: 33 }', 'flatten'],
    );
    expect(found).toEqual([
      'network small found layer convolution1 with window padding top 1, left 0, bottom 0, right 0, expected top equal to left and bottom equal to right',
      expect.stringMatching(/layer convolution2 with window kernelHeight 33, expected a whole number from 0 to 31/),
    ]);
  });

  it('refuses a network that pools its u8 images first', () => {
    expect(sentences([4, 4, 1], ['pool: { function: max, kernel: 2 }', 'linear: 2'])).toEqual([
      expect.stringContaining('expected a linear or convolution layer before it'),
    ]);
  });

  it('refuses more layers than address generators, and sizes beyond the length field', () => {
    expect(sentences([2], new Array(25).fill('linear: 2'))).toEqual([
      expect.stringContaining('found 25 layers, expected at most 24'),
    ]);
    const large = stageOf(1, 70000, { rows: 300_000, inputElements: 300_000 });
    expect(() => checkStages([large], 'big')).toThrow(/70000 outputs[\s\S]*300000 inputs[\s\S]*input of 300000 bytes/);
    const pixels = stageOf(1, 8, { vectors: 70000, window: networkWindow() });
    expect(() => checkStages([pixels], 'big')).toThrow(/70000 output pixels[\s\S]*560000 outputs/);
  });
});

const networkWindow = () => ({
  ...{ height: 4, width: 4, channels: 1, kernelHeight: 1, kernelWidth: 1, strideY: 1, strideX: 1 },
  ...{ padTop: 0, padLeft: 0, padBottom: 0, padRight: 0, dilation: 1 },
});

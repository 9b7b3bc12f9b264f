import { describe, expect, it } from 'vitest';
import { mapNetwork } from '../../src/compiler/compile-inference.ts';
import { chipWith, compileRandom, networkOf, smallTiles } from './support.ts';

describe('compile', () => {
  const network = networkOf([6, 6, 1], ['{ convolution: { channels: 3, kernel: 3 }, activation: relu }', 'linear: 4']);
  const compiled = compileRandom({ network, chip: chipWith('ideal', smallTiles), samples: 3 });

  it('maps every matrix and counts its operations', () => {
    const { matrices, scalings, operationsPerSample } = mapNetwork(compiled.input);
    expect(matrices.map(({ stage, group, tiles }) => [stage.name, group, tiles])).toEqual([
      ['convolution1', 0, 2],
      ['linear1', 1, 6],
    ]);
    expect(scalings.length).toBe(2);
    // 9 x 3 weights on 16 pixels, 48 x 4 weights once
    expect(operationsPerSample).toBe(2 * (16 * 9 * 3 + 48 * 4));
  });

  it('makes the same words twice', () => {
    expect(compileRandom({ network, chip: chipWith('ideal', smallTiles), samples: 3 }).program.words).toEqual(
      compiled.program.words,
    );
  });

  it('leaves the manifest to its caller', () => {
    expect('manifest' in compiled.program).toBe(false);
  });
});

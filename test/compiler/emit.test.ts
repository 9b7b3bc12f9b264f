import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChipDescription } from '../../src/chip/description.ts';
import { validateProgram } from '../../src/isa/validate.ts';
import type { Network } from '../../src/network/layer-graph.ts';
import { sizeOf } from '../../src/network/shapes.ts';
import { logitsOf } from './run-program.ts';
import { chipWith, compileRandom, networkOf, smallTiles } from './support.ts';

/** Share of samples whose largest output is their label. */
function hitsOf(logits: ArrayLike<number>, labels: Uint8Array, classes: number): number {
  let hits = 0;
  labels.forEach((label, sample) => {
    const own = Array.from({ length: classes }, (_, index) => logits[sample * classes + index]!);
    if (own.indexOf(Math.max(...own)) === label) hits++;
  });
  return hits;
}

/** Runs a random network of that shape on an ideal chip and holds logits and hits against the float reference. */
function expectReference(network: Network, chip: ChipDescription, samples: number, seed = 1): void {
  const { program, input, activations } = compileRandom({ network, chip, samples, seed });
  const reference = activations.at(-1)!;
  const { logits, results } = logitsOf(program, chip);
  expect(logits.length).toBe(reference.length);
  const scale = reference.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
  const worst = logits.reduce((most, value, index) => Math.max(most, Math.abs(value - reference[index]!)), 0);
  expect(worst).toBeLessThanOrEqual(scale * 2 ** -18);
  const classes = sizeOf(network.shapes.at(-1)!);
  expect(results.map(({ hits, count }) => ({ hits, count }))).toEqual([
    { hits: hitsOf(reference, input.test.labels, classes), count: samples },
  ]);
}

const tiny = chipWith('ideal', smallTiles);
const leNet = [
  '{ convolution: { channels: 4, kernel: 3, pad: 1 }, activation: relu }',
  'pool: { function: max, kernel: 2, stride: 2 }',
  '{ convolution: { channels: 5, kernel: [2, 3], stride: [1, 2] }, activation: tanh, bias: false }',
  'pool: { function: average, kernel: 2, stride: 1 }',
  '{ linear: 6, activation: sigmoid }',
  'linear: 3',
];

describe('emitted inference program', () => {
  it('law: random MLPs on many small tiles equal the float reference', () => {
    const width = fc.integer({ min: 1, max: 20 });
    const activation = fc.constantFrom('none', 'relu', 'leaky-relu', 'sigmoid', 'tanh');
    const layer = fc.record({ width, activation, bias: fc.boolean() });
    fc.assert(
      fc.property(
        width,
        fc.array(layer, { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 2, max: 5 }),
        fc.nat(999),
        (inputs, hidden, classes, seed) => {
          const layers = hidden.map((each) => `{ linear: ${each.width}, activation: ${each.activation}, bias: ${each.bias} }`);
          expectReference(networkOf([inputs], [...layers, `linear: ${classes}`]), tiny, 1 + (seed % 7), seed);
        },
      ),
      { seed: 6, numRuns: 25 },
    );
  });

  it('runs convolutions with padding and stride, pooling and every activation', () => {
    expectReference(networkOf([9, 10, 2], leNet), tiny, 6);
  });

  it('runs a convolution as last layer, and dilation', () => {
    expectReference(networkOf([5, 5, 1], ['convolution: { channels: 3, kernel: 3, dilation: 2 }', 'flatten']), tiny, 3);
    expectReference(
      networkOf([7, 6, 1], ['{ convolution: { channels: 2, kernel: 2, dilation: 2 }, activation: relu }', 'linear: 3']),
      tiny,
      4,
    );
  });

  it('runs a tail batch when no good batch divides the samples', () => {
    expectReference(networkOf([6], ['{ linear: 5, activation: relu }', 'linear: 3']), tiny, 131);
    expectReference(
      networkOf([5, 5, 1], ['{ convolution: { channels: 2, kernel: 3 }, activation: relu }', 'linear: 3']),
      tiny,
      131,
    );
  });

  it('runs image by image where the scratchpad holds one only', () => {
    const network = networkOf([9, 10, 2], leNet);
    const batchOf = (chip: ChipDescription) => {
      const { program } = compileRandom({ network, chip, samples: 5 });
      return program.symbols.find(({ name }) => name === 'image_batch')!.bytes;
    };
    const small = chipWith('ideal', [...smallTiles, 'scratchpad.bytes=4.5 KiB']);
    // two copies of one 180-byte image, in words of 64 bytes
    expect(batchOf(small)).toBe(384);
    expectReference(network, small, 5);
  });

  it('shortens the batch where two copies are longer than an address generator can walk', () => {
    const chip = chipWith('ideal', ['scratchpad.bytes=2 MiB']);
    expectReference(networkOf([4], ['{ linear: 600, activation: relu }', 'linear: 3']), chip, 110);
  });

  it('evaluates at every age in order', () => {
    const network = networkOf([6], ['linear: 3']);
    const { program, input } = compileRandom({ network, chip: tiny, ages: [1, 86400, 315576000] });
    const { results } = logitsOf(program, input.chip);
    expect(results.map(({ ageSeconds }) => ageSeconds)).toEqual([1, 86400, 315576000]);
  });

  it('needs fewer than 100 words for the MNIST test set and passes the loader', () => {
    const layers = ['{ linear: 256, activation: relu }', '{ linear: 128, activation: relu }', 'linear: 10'];
    const chip = chipWith('cmo-130nm');
    const { program } = compileRandom({ network: networkOf([784], layers), chip, samples: 200, ages: [1, 86400, 315576000] });
    expect(program.words.length / 4).toBeLessThan(100);
    const limits = {
      tiles: chip.grid.rows * chip.grid.columns,
      tileRows: chip.tile.rows,
      spmBytes: chip.scratchpad.bytes,
      vectorUnits: chip.vector.units,
      dmaChannels: chip.dma.channels,
    };
    expect(validateProgram(program, limits)).toEqual([]);
  });

  it('names areas apart whatever the layers are called', () => {
    const layers = [
      '{ linear: 4, name: bias }',
      '{ linear: 4, name: 1-b }',
      '{ linear: 4, name: 1.b }',
      '{ linear: 4, name: 1_b }',
      '{ linear: 2, name: images }',
    ];
    const { program } = compileRandom({ network: networkOf([3], layers) });
    const names = program.symbols.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toContain('images');
    expect(names).toContain('bias_outputs');
  });
});

import { describe, expect, test } from 'vitest';
import { rowsOfTransfer } from '../../../src/compiler/training/spill-maps.ts';
import { InputError } from '../../../src/config/issue.ts';
import { learntParameters } from '../../../src/simulate/training-deployment.ts';
import { parseQuantity } from '../../../src/units/parse-quantity.ts';
import { codeOf } from '../../support/program-words.ts';
import { compileTiny, trained } from '../../support/tiny-training.ts';

const definition = `name: maps
input: [28, 28, 1]
layers:
  - { convolution: { channels: 3, kernel: 5, pad: 2 }, activation: tanh }
  - pool: { function: max, kernel: 2 }
  - { convolution: { channels: 4, kernel: 3 }, activation: none }
  - { convolution: { channels: 4, kernel: 3, stride: 2 }, activation: relu }
  - flatten
  - { linear: 10 }
`;

const compiled = (bytes: string, kind: string, more: { device?: string } = {}) =>
  compileTiny({
    ...{ definition, set: `mapping.scheme=reference-cell, scratchpad.bytes=${bytes}`, ...more },
    algorithm: `kind: ${kind}, batch: 5, samples: 10, learningRate: 0.1, weightMax: 1`,
  });

describe('maps that do not fit the scratchpad', () => {
  const [large, middle, small] = ['4 MiB', '144 KiB', '64 KiB'];

  test('go through DRAM, the largest first, and the report says so', () => {
    expect([...compiled(large, 'sgd').mapping.layout.spilled]).toEqual([]);
    expect([...compiled(middle, 'sgd').mapping.layout.spilled]).toEqual([0]);
    const { mapping, program } = compiled(small, 'sgd');
    expect([...mapping.layout.spilled]).toEqual([0, 1, 2]);
    expect(mapping.warnings.at(-1)).toMatch(
      /convolution1, pool1, convolution2 do not stay in a scratchpad of 65536 bytes.*\d+ bytes and .*J of DRAM energy a sample/,
    );
    expect(codeOf(program)).toContain('DST');
    expect(codeOf(compiled(large, 'sgd').program)).not.toContain('DST');
  });

  test.each([
    ['sgd', [middle, small]],
    ['mixed', [small]],
  ] as const)('%s learns the same weights to the bit on an ideal chip', (kind, sizes) => {
    const [whole, ...learnt] = [large, ...sizes].map((bytes) => {
      const done = compiled(bytes, kind);
      const simulation = trained(done);
      expect(simulation.report().ending).toBe('halted');
      return learntParameters(done, simulation.learnt!);
    });
    for (const other of learnt) expect(other).toEqual(whole);
  });

  test('cost the DRAM energy that the note says', () => {
    const run = (bytes: string) => {
      const done = compiled(bytes, 'sgd', { device: 'cmo-hfox-train' });
      return { note: done.mapping.warnings.at(-1), energy: trained(done, 'full').report().energy!.byComponent.dram! };
    };
    const [kept, spilled] = [run(large), run(small)];
    const said = /bytes and ([\d.]+ \w+) of DRAM energy a sample/.exec(spilled.note!)![1]!;
    const perSample = Number(parseQuantity(said, 'J'));
    expect((spilled.energy - kept.energy) / (10 * perSample)).toBeCloseTo(1, 3);
  });

  test('have an end: a scratchpad too small for one image is an error with the bytes it takes', () => {
    expect(() => compiled('32 KiB', 'sgd')).toThrow(InputError);
    expect(() => compiled('32 KiB', 'sgd')).toThrow(/at least \d+ bytes to train on batches of 5/);
  });
});

test('maps longer than a length field move in rows', () => {
  expect(rowsOfTransfer(1000)).toBe(1);
  expect(rowsOfTransfer(32 * 32 * 128 * 4)).toBe(4);
  expect(rowsOfTransfer(2 ** 30)).toBeUndefined();
});

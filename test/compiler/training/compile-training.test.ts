import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { InputError } from '../../../src/config/issue.ts';
import { decodeProgram } from '../../../src/sequence/decode-program.ts';
import { codeOf, wordsPerInstruction } from '../../support/program-words.ts';
import { compileTiny } from '../../support/tiny-training.ts';

const kinds = ['sgd', 'tiki-taka', 'ttv2', 'cttv2', 'agad', 'mixed'] as const;
const pulsed = { device: 'cmo-hfox-train', set: 'mapping.scheme=reference-cell, scratchpad.bytes=4 MiB' } as const;

describe('a training program', () => {
  test.each(kinds)('of %s is compact', (kind) => {
    const { program } = compileTiny({ ...pulsed, algorithm: `kind: ${kind}, samples: 20` });
    expect(program.words.length / wordsPerInstruction).toBeLessThan(150);
    const { program: maps } = compileTiny({ ...pulsed, network: 'convolutional', algorithm: `kind: ${kind}, samples: 20` });
    const epochLoop = decodeProgram(maps.words).find(({ mnemonic }) => mnemonic === 'LOOP');
    expect(epochLoop?.length).toBeLessThan(150);
  });

  test.each([
    ['mixed', 165],
    ['agad', 195],
  ])('of %s for LeNet-5 on a chip whose converters are trimmed has well under 200 words, and no word for a layer or phase', (kind, most) => {
    const definition = readFileSync('workloads/networks/lenet-5.yaml', 'utf8');
    const { program } = compileTiny({ ...pulsed, chip: 'cmo-14nm-large', definition, algorithm: `kind: ${kind}, samples: 20` });
    expect(program.words.length / wordsPerInstruction).toBeLessThan(most);
    const marks = decodeProgram(program.words).filter(({ mnemonic }) => mnemonic === 'MARK');
    expect(marks).toHaveLength(6);
    const named = new Set(program.scopes!.map(({ region }) => program.regions.find(({ id }) => id === region)!.name));
    for (const name of ['forward', 'backward', 'evaluate', 'convolution1', 'pool2', 'linear3']) expect(named).toContain(name);
  });

  test('has the same length for one epoch and for many', () => {
    const words = (epochs: number): number =>
      compileTiny({ ...pulsed, algorithm: `kind: agad, samples: 20, epochs: ${epochs}` }).program.words.length;
    expect(words(1)).toBe(words(4));
  });

  test.each([
    ['tiki-taka', 'XFR.tt1'],
    ['ttv2', 'XFR.tt2'],
    ['cttv2', 'XFR.tt3'],
    ['agad', 'XFR.tt4'],
    ['mixed', 'THA'],
    ['sgd', 'OPU.stochastic'],
  ])('of %s uses %s', (kind, word) => {
    expect(codeOf(compileTiny({ ...pulsed, algorithm: `kind: ${kind}, samples: 20` }).program)).toContain(word);
  });
});

test.each(['deterministic', 'sign', 'amplitude'])('updates are %s where asked', (rule) => {
  const { program } = compileTiny({ ...pulsed, algorithm: `kind: sgd, samples: 20, update: { rule: ${rule} }` });
  expect(codeOf(program)).toContain(`OPU.${rule}`);
  expect(codeOf(program)).not.toContain('OPU.stochastic');
});

describe('before the first sample', () => {
  const algorithm = 'kind: ttv2, samples: 20';

  test('converters with offsets are trimmed for every kind of read that training does', () => {
    const chip = 'cmo-14nm-large';
    const code = codeOf(compileTiny({ ...pulsed, chip, algorithm }).program);
    expect(code).toContain('CAL.adc-offset.W');
    expect(code).toContain('CAL.adc-offset.W.T');
    const set = `${pulsed.set}, tile.adc.offsetLsb=0`;
    expect(codeOf(compileTiny({ ...pulsed, chip, algorithm, set }).program)).not.toContain('CAL');
  });

  test('reference cells go to the symmetry points where asked, on reference-cell mapping only', () => {
    const shifts = (text: string): number =>
      codeOf(compileTiny({ ...pulsed, algorithm: text }).program).split('PRG.zero-shift').length - 1;
    expect(shifts(algorithm)).toBe(0);
    expect(shifts(`${algorithm}, references: symmetry`)).toBeGreaterThan(2);
    const measured = codeOf(compileTiny({ ...pulsed, algorithm: `${algorithm}, references: measured` }).program);
    expect(measured.split('CAL.symmetry-point.W').length - 1).toBe(4);
    expect(measured).not.toContain('PRG.zero-shift');
    const set = 'mapping.scheme=digital-offset, scratchpad.bytes=4 MiB';
    expect(() => compileTiny({ ...pulsed, set, algorithm: `${algorithm}, references: symmetry` })).toThrow(
      /symmetry with mapping.scheme=digital-offset/,
    );
  });
});

describe('what cannot be trained', () => {
  const refused = (algorithm: string, change: object = {}): string => {
    try {
      compileTiny({ ...pulsed, algorithm, ...change });
    } catch (error) {
      if (error instanceof InputError) return error.message;
      throw error;
    }
    return 'accepted';
  };

  test('names the tiles that two tiles a layer need', () => {
    const set = 'mapping.scheme=reference-cell, scratchpad.bytes=4 MiB, grid.rows=2, grid.columns=2';
    expect(refused('kind: agad, samples: 20', { set })).toMatch(/4 tiles.*at least 10 tiles.*agad needs a slow and a fast tile/);
    expect(refused('kind: mixed, samples: 20', { set: set.replace('rows=2', 'rows=4') })).toBe('accepted');
  });

  test('names the batch that is larger than the set', () =>
    expect(refused('kind: sgd, samples: 20, batch: 21')).toMatch(/algorithm.batch found 21, expected at most 20/));

  test('names the scratchpad that is too small', () =>
    expect(refused('kind: sgd, samples: 4000, batch: 4000')).toMatch(/a scratchpad of 4194304 bytes|one transfer moves/));

  test.each(['learningRate: 0', 'learningRate: -1', 'learningRate: .nan', 'batch: 0'])('refuses %s', (setting) =>
    expect(refused(`kind: sgd, samples: 20, ${setting}`)).toMatch(/tiny.yaml:\d+:\d+/));

  test('names a device without update pulses', () =>
    expect(refused('kind: sgd, samples: 20', { device: 'cmo-hfox' })).toMatch(/no response to update pulses/));

  test('says so when the format is too coarse', () =>
    expect(refused('kind: sgd, samples: 20', { chip: 'cmo-130nm' })).toMatch(/f32 to train/));
});

test('warns with the numbers when the slow tile cannot be written within the run', () => {
  const { mapping } = compileTiny({ ...pulsed, algorithm: 'kind: agad, samples: 20, chopProbability: 0.1' });
  expect(mapping.warnings[0]).toMatch(/784 rows need 8624 samples, the run has 20/);
});

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/config/issue.ts';
import { parseLaboratory } from '../../src/laboratory/laboratory-file.ts';
import { parseAges, parseExperiment, withOptions } from '../../src/simulate/experiment.ts';
import { parseParts } from '../../src/simulate/experiment-parts.ts';

const folder = new URL('../../workloads/experiments/', import.meta.url);
const small = parseExperiment('name: small\nnetwork: mlp-784-64-10\n', 'small.yaml');

describe('experiment', () => {
  it.each(readdirSync(folder))('%s is valid', (file) => {
    const text = readFileSync(new URL(file, folder), 'utf8');
    const experiment = parseLaboratory(text, file) ?? parseParts(text, file) ?? parseExperiment(text, file);
    expect(experiment.name).toBe(file.replace('.yaml', ''));
  });

  it('fills defaults', () => {
    expect(small).toMatchObject({
      chip: 'cmo-130nm',
      instances: 3,
      seed: 1,
      chipSeed: 1,
      set: [],
      ages: ['1 s', '1 day', '10 years'],
    });
    expect(small.training.epochs).toBe(8);
  });

  it('collects every mistake with its line', () => {
    try {
      parseExperiment('name: small\nnetwrk: mlp\nchip: 3\ninstances: 0\n', 'bad.yaml');
      expect.unreachable();
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      expect(error.issues.map(({ line }) => line).filter((line) => line !== undefined)).toEqual(
        expect.arrayContaining([2, 3, 4]),
      );
      expect(error.message).toContain('network');
    }
  });

  it('wants ages in ascending order', () => {
    expect(parseAges(['1 s', '1 day'], 'x')).toEqual([
      { label: '1 s', seconds: 1 },
      { label: '1 day', seconds: 86400 },
    ]);
    expect(() => parseAges(['1 day', '1 s'], 'x')).toThrow('x found age 1 s after 1 day, expected ages in ascending order');
    expect(() => parseExperiment('name: a\nnetwork: b\nages: [1 s, 1 s]\n', 'x')).toThrow(InputError);
  });

  it('puts options over the file, and adds settings after its own', () => {
    const changed = withOptions(
      { ...small, set: ['tile.rows=64'] },
      { chip: 'cmo-14nm', set: ['tile.rows=32'], epochs: 1, samples: 20, seed: 7, chipSeed: 8, instances: 1, device: 'ideal' },
    );
    expect(changed).toMatchObject({
      chip: 'cmo-14nm',
      set: ['tile.rows=64', 'tile.rows=32'],
      samples: 20,
      seed: 7,
      chipSeed: 8,
      instances: 1,
      device: 'ideal',
    });
    expect(changed.training).toEqual({ ...small.training, epochs: 1 });
    expect(withOptions(small, {})).toEqual(small);
  });
});

import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/config/issue.ts';
import { readNetwork } from '../../src/simulate/compile-experiment.ts';
import { manifestOf } from '../../src/simulate/manifest.ts';
import { programHash } from '../../src/simulate/program-hash.ts';
import { compileSmall, ports } from './small-experiment.ts';

describe('compiling an experiment', () => {
  it('gives the same program twice, and another for another seed', () => {
    const program = compileSmall('digits-mlp-inference');
    expect(programHash(compileSmall('digits-mlp-inference'))).toBe(programHash(program));
    expect(programHash(compileSmall('digits-mlp-inference', { seed: 2 }))).not.toBe(programHash(program));
  });

  it('stays under 100 words for the MLP and carries what simulate needs', () => {
    const program = compileSmall('mnist-mlp-inference', { samples: 200 });
    expect(program.words.length / 4).toBeLessThan(100);
    const manifest = manifestOf(program.manifest)!;
    expect(manifest).toMatchObject({
      samples: 200,
      operationsPerSample: 2 * (784 * 256 + 256 * 128 + 128 * 10),
      chipSeeds: [1, 2],
    });
    expect(manifest.referenceAccuracy).toBeGreaterThan(0.5);
  });

  it('says which networks exist, and the nearest', () => {
    expect(() => readNetwork('lenet-6', ports)).toThrow(/did you mean lenet-5/);
  });

  it('says what would fit when the chip is too small', () => {
    expect(() => compileSmall('digits-mlp-inference', { set: ['grid.rows=1', 'grid.columns=2'] })).toThrow(InputError);
    expect(() => compileSmall('digits-mlp-inference', { set: ['grid.rows=1', 'grid.columns=2'] })).toThrow(/at least 10 tiles/);
  });

  it('takes another chip, device and mapping', () => {
    const program = compileSmall('digits-mlp-inference', {
      chip: 'cmo-14nm',
      device: 'ideal',
      set: ['mapping.scheme=reference-column'],
    });
    expect(manifestOf(program.manifest)!.chip).toMatchObject({
      name: 'cmo-14nm',
      device: 'ideal',
      mapping: { scheme: 'reference-column' },
    });
  });
});

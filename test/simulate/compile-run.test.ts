import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compileRun } from '../../src/simulate/compile-run.ts';
import { parseExperiment } from '../../src/simulate/experiment.ts';
import { ports } from './small-experiment.ts';

const small = { samples: 20, epochs: 1, instances: 1, calibrate: false };

function compiled(name: string): string[] {
  const path = `workloads/experiments/${name}.yaml`;
  const program = compileRun(parseExperiment(readFileSync(path, 'utf8'), path), small, ports);
  return program.regions.filter(({ kind }) => kind === 'phase').map(({ name: phase }) => phase);
}

describe('the program of an experiment', () => {
  it('trains on the chip when the file names an algorithm, else it only evaluates', () => {
    expect(compiled('digits-mlp-inference')).not.toContain('backward');
    expect(compiled('digits-mlp-training')).toContain('backward');
  });
});

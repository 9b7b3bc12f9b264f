import { chipPreset } from '../../src/chip/presets.ts';
import type { EvaluationResult } from '../../src/machine/context.ts';
import type { Manifest } from '../../src/simulate/manifest.ts';
import type { ActivityTotals, InstanceRun } from '../../src/simulate/run-instance.ts';

export const chip = chipPreset('cmo-130nm').description;

const noTotals: ActivityTotals = {
  saturations: 0,
  retries: 0,
  pulses: 0,
  verifyReads: 0,
  failedCells: 0,
  instructions: 0,
  macs: 0,
};

export const snapshot = (hits: number, count: number, ageSeconds = 1): EvaluationResult => ({
  region: 0,
  loss: 0,
  hits,
  count,
  ageSeconds,
});

export const instance = (snapshots: readonly EvaluationResult[], change: Partial<InstanceRun> = {}): InstanceRun => ({
  ...{ ending: { ended: 'halted', exitCode: 0 }, totals: noTotals, timing: undefined, scratchpad: undefined },
  snapshots,
  ...change,
});

export const totals = (change: Partial<ActivityTotals>): ActivityTotals => ({ ...noTotals, ...change });

export const manifest: Manifest = {
  ...{
    schema: 'ohmic.manifest/1',
    name: 'small',
    network: 'small',
    chip,
    assumptions: [],
    seed: 1,
    chipSeeds: [1, 2],
    samples: 10,
  },
  ...{ dataDigest: 'none', referenceAccuracy: 0.97, operationsPerSample: 100, declared: [], warnings: [] },
  ages: [
    { label: '1 s', seconds: 1 },
    { label: '1 day', seconds: 86400 },
  ],
};

import { expect, test } from 'vitest';
import { workloadsFolder } from '../../../src/cli/locate.ts';
import { nodeFiles } from '../../../src/cli/node-files.ts';
import { samplesToReach } from '../../../src/compiler/training/transfer-reach.ts';
import { silentProgress } from '../../../src/simulate/progress.ts';
import { trainingPlan } from '../../../src/simulate/training-settings.ts';
import { shippedExperiment } from '../../../src/validation/training-accuracy.ts';

/** The tallest matrix of the networks these train, in rows. */
const presets = [
  ['mnist-mlp-tiki-taka', 784],
  ['mnist-mlp-ttv2', 784],
  ['mnist-mlp-cttv2', 784],
  ['mnist-mlp-agad', 784],
  ['fashion-mlp-agad', 784],
  ['choi-training', 784],
  ['mnist-lenet-agad', 400],
] as const;

test.each(presets)('%s reaches every row of its slow tiles within 5000 samples', (name, rows) => {
  const ports = { files: nodeFiles, progress: silentProgress, workloads: workloadsFolder, now: () => 0 };
  const samples = samplesToReach(rows, trainingPlan(shippedExperiment(ports, name).algorithm!));
  expect(samples).toBeGreaterThan(0);
  expect(samples).toBeLessThanOrEqual(5000);
});

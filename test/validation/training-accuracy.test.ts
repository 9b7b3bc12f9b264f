import { expect, test } from 'vitest';
import { workloadsFolder } from '../../src/cli/locate.ts';
import { nodeFiles } from '../../src/cli/node-files.ts';
import type { DataSplit } from '../../src/network/data/data-set.ts';
import { silentProgress } from '../../src/simulate/progress.ts';
import { ownWork, type SharedWork } from '../../src/simulate/shared-work.ts';
import type { ValidationPorts } from '../../src/validation/ports.ts';
import { sampledAccuracy, shippedExperiment, trainingAccuracy } from '../../src/validation/training-accuracy.ts';
import { rowFamilies } from '../../src/validation/validate.ts';

const shared: SharedWork = { ...ownWork, data: (_, make) => (digits ??= make()) };
let digits: DataSplit | undefined;
const ports: ValidationPorts = { files: nodeFiles, progress: silentProgress, workloads: workloadsFolder, now: () => 0, shared };

const small = () => {
  const shipped = shippedExperiment(ports, 'digits-mlp-training');
  const algorithm = { ...shipped.algorithm!, samples: 600, epochs: 1 };
  return { ...shipped, network: 'mlp-784-14-10', samples: 200, algorithm };
};

test('an experiment learns, the same for a seed and not for another; its float network is trained on demand', () => {
  const one = trainingAccuracy(ports, { experiment: small(), seed: 1 });
  expect(one.chip).toBeGreaterThan(0.3);
  expect(one.float).toBe(0);
  const { mean, standardError, float, each } = sampledAccuracy(ports, small(), 2, true);
  expect(each[0]!.chip).toBe(one.chip);
  expect(each[1]!.chip).not.toBe(each[0]!.chip);
  expect(mean).toBeCloseTo((each[0]!.chip + each[1]!.chip) / 2, 12);
  expect(standardError).toBeCloseTo(Math.abs(each[0]!.chip - each[1]!.chip) / 2, 12);
  expect(float).toBeGreaterThan(0.3);
});

test('families of training rows measure nothing without their data', () => {
  const ids = ['P1', 'P2', 'P3', 'P4', 'V20-T1', 'V20-T4', 'V20-T5', 'CMO-mlp', 'CMO-lenet', 'CMO-fashion', 'CIFAR-vgg'];
  const families = rowFamilies.filter((family) => family.ids.some((id) => ids.includes(id)));
  expect(families).toHaveLength(ids.length);
  for (const family of families) {
    expect(family.long).toBe(true);
    expect(family.measure(ports)).toEqual([]);
  }
});

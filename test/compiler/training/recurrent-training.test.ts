import { expect, test } from 'vitest';
import { refuseRecurrence } from '../../../src/compiler/check-stages.ts';
import { lower } from '../../../src/compiler/lower.ts';
import { initialise } from '../../../src/network/initialise.ts';
import { parseNetwork } from '../../../src/network/parse-network.ts';
import { createKernels } from '../../../src/numeric/create-kernels.ts';
import { checkExperiment } from '../../../src/simulate/experiment.ts';
import { silentProgress } from '../../../src/simulate/progress.ts';
import { compileTrainingExperiment } from '../../../src/simulate/training-compile.ts';
import { learntParameters } from '../../../src/simulate/training-deployment.ts';
import { memoryFiles } from '../../support/memory-files.ts';
import { compileTiny, trained } from '../../support/tiny-training.ts';

const definition = 'name: n\ninput: [28, 28, 1]\nlayers:\n  - lstm: 6\n  - linear: 10\n';
const set = 'mapping.scheme=reference-cell, scratchpad.bytes=8 MiB';

const most = (values: Float32Array): number => values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);

test.each(['sgd', 'mixed'])('%s: an ideal chip trains a recurrence through time as floats do', (kind) => {
  const algorithm = `kind: ${kind}, batch: 4, samples: 40, learningRate: 0.3, weightMax: 2`;
  const compiled = compileTiny({ set, definition, algorithm });
  const learnt = learntParameters(compiled, trained(compiled).learnt!);
  compiled.reference.parameters.forEach(({ weights, bias }, layer) => {
    const gap = (a: Float32Array, b: Float32Array): number => most(a.map((value, at) => value - b[at]!));
    const moved = gap(learnt[layer]!.weights, weights) / most(weights);
    expect(moved).toBeLessThan(1e-3);
    expect(gap(learnt[layer]!.bias, bias)).toBeLessThan(1e-3);
  });
});

test('what a recurrent network cannot do is said before any work', () => {
  const files = memoryFiles({ 'n.yaml': new TextEncoder().encode(definition) });
  const ports = { files, progress: silentProgress, workloads: 'workloads' };
  const experiment = (more: object) =>
    checkExperiment({ name: 'n', network: 'n.yaml', chip: 'cmo-14nm-large', device: 'cmo-hfox-train', ...more }, 'n');
  const trained = experiment({ algorithm: { kind: 'agad', deployTo: 10 } });
  expect(() => compileTrainingExperiment(trained, {}, ports)).toThrow(
    /algorithm.deployTo found 10 with a recurrent network, expected 0/,
  );
  const network = parseNetwork(definition, 'n.yaml');
  const stages = lower(network, initialise(createKernels(), network, 1));
  expect(() => refuseRecurrence(stages, 'n')).toThrow(/recurrent layer lstm1 in an experiment without training on the chip/);
  expect(() => refuseRecurrence(stages.slice(1), 'n')).not.toThrow();
});

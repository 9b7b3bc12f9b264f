import { describe, expect, test } from 'vitest';
import { takeFirst } from '../../src/network/data/data-set.ts';
import { generateDigits } from '../../src/network/data/digits.ts';
import { manifestOf } from '../../src/simulate/manifest.ts';
import { silentProgress } from '../../src/simulate/progress.ts';
import { ownWork } from '../../src/simulate/shared-work.ts';
import { trainModel } from '../../src/simulate/train-model.ts';
import { compileTrainingExperiment } from '../../src/simulate/training-compile.ts';
import { trainingKinds } from '../../src/simulate/training-settings.ts';
import { createTrainingSimulation } from '../../src/simulate/training-simulation.ts';
import { memoryFiles } from '../support/memory-files.ts';

const text =
  'name: small\ninput: [28, 28, 1]\nlayers:\n  - { convolution: { channels: 2, kernel: 4, stride: 4 }, activation: relu }\n  - { linear: 12, activation: tanh }\n  - linear: 10\n';
const files = memoryFiles({
  'small.yaml': new TextEncoder().encode(text),
  'branch.yaml': new TextEncoder().encode(
    'name: branch\ninput: [28, 28]\nlayers:\n  - { lstm: 4, last: true }\n  - linear: 10\n',
  ),
});
const { train, test: all } = generateDigits(1, 60, 10);
// The embedded digits are 12 000: enough for a test are 60.
const shared = { ...ownWork, data: () => ({ train: takeFirst(train, 60), test: takeFirst(all, 10) }) } as typeof ownWork;
const ports = { files, progress: silentProgress, workloads: 'workloads', shared };

describe('training of a model', () => {
  test.each(['agad', 'mixed'] as const)('%s: the chip changes the weights that the model has', (kind) => {
    const { experiment, model } = trainModel('small.yaml', kind, {}, files);
    const compiled = compileTrainingExperiment(experiment, { model, set: ['tile.rows=128', 'tile.columns=64'] }, ports);
    const manifest = manifestOf(compiled.program.manifest)!;
    const simulation = createTrainingSimulation(compiled.program, manifest, {
      fidelity: 'values',
      progress: silentProgress,
      now: () => 0,
    });
    while (simulation.step());
    const report = simulation.report();
    expect(report.ending).toBe('halted');
    expect(report.training?.epochs).toHaveLength(1);
    const [start] = model.parameters;
    const learnt = [...simulation.learnt!.weights.values()][0]!;
    expect(learnt.length).toBe(start!.weights.length);
    expect([...learnt]).not.toEqual([...start!.weights]);
    // A few samples move weights, they do not replace them.
    const close = learnt.filter((x, at) => Math.abs(x - start!.weights[at]!) < 0.3).length;
    expect(close / learnt.length).toBeGreaterThan(0.9);
  });

  test.each(trainingKinds)('%s has settings of its own', (kind) => {
    const { algorithm, device, network } = trainModel('small.yaml', kind, { epochs: 4, learningRate: 0.02 }, files).experiment;
    expect([algorithm?.kind, algorithm?.epochs, device, network]).toEqual([kind, 4, 'cmo-hfox-train', 'small.yaml']);
    expect(algorithm!.learningRate).toBe(0.02);
    expect(algorithm!.weightMax).toBeGreaterThanOrEqual(0.6);
  });

  test('pixels of another unit leave the function of the first layer alone', () => {
    const [plain, scaled] = [1 / 255, 1].map(
      (inputScale) => trainModel('small.yaml', 'sgd', { inputScale }, files).model.parameters[0]!,
    );
    expect(scaled!.weights[5]! / plain!.weights[5]!).toBeCloseTo(255, 3);
  });

  test('what cannot be trained, or has no data, is bad input', () => {
    expect(() => trainModel('branch.yaml', 'agad', {}, files)).toThrow(/lstm1: operation lstm/);
    expect(() => trainModel('small.yaml', 'agad', { inputMean: [3] }, files)).toThrow(/--input-mean/);
    expect(() => trainModel('none.onnx', 'agad', {}, files)).toThrow(/none.onnx/);
  });
});

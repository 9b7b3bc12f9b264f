import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Machine } from '../../../src/machine/machine.ts';
import type { NetworkParameters } from '../../../src/network/layer-graph.ts';
import { gradients } from '../../../src/network/reference.ts';
import { createKernels } from '../../../src/numeric/create-kernels.ts';
import type { IssuedOperation } from '../../../src/sequence/issued-operation.ts';
import { manifestOf } from '../../../src/simulate/manifest.ts';
import type { CompiledTraining } from '../../../src/simulate/training-compile.ts';
import { learntParameters } from '../../../src/simulate/training-deployment.ts';
import { inFirstOrder } from '../../../src/simulate/training-order.ts';
import { learntState } from '../../../src/simulate/training-run.ts';
import { compileTiny, type TinyTraining, trained } from '../../support/tiny-training.ts';
import { trainingSteps } from '../../support/training-steps.ts';

/**
 * The networks at full size. LeNet-5 has kinks: a rounding that tips a maximum or a rectifier moves a weight by a whole gradient, and a
 * long trajectory of it says nothing about rounding. So its steps are compared one by one from the state the chip is in, and the
 * trajectory is that of the same layers without kinks.
 */
const shipped = (name: string): string => readFileSync(`workloads/networks/${name}.yaml`, 'utf8');
const perceptron = shipped('mlp-784-256-128-10-sigmoid');
const lenet = shipped('lenet-5');
const smoothLenet = lenet.replaceAll('activation: relu', 'activation: tanh').replaceAll('function: max', 'function: average');

/** The weight is what a pulsed cell differs by from its reference: no common mode to take off, which would round. */
const set = 'mapping.scheme=reference-cell, scratchpad.bytes=8 MiB';

const ideal = (kind: string, steps: number, more = ''): string =>
  `kind: ${kind}, batch: 5, samples: ${5 * steps}, learningRate: 0.1, weightMax: 1${more}`;

const most = (values: Float32Array): number => values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);

/** Largest |difference| over largest |weight| of every trained layer. */
function deviations(learnt: NetworkParameters, wanted: NetworkParameters): number[] {
  const gap = (a: Float32Array, b: Float32Array): number => most(a.map((value, at) => value - b[at]!));
  return wanted.flatMap(({ weights, bias }, layer) =>
    weights.length === 0 ? [] : [Math.max(gap(learnt[layer]!.weights, weights), gap(learnt[layer]!.bias, bias)) / most(weights)],
  );
}

/** Against the float network trained alike. */
function afterTraining(tiny: TinyTraining): number[] {
  const compiled = compileTiny(tiny);
  return deviations(learntParameters(compiled, trained(compiled).learnt!), compiled.reference.parameters);
}

/** What the chip holds now. */
const heldBy = (compiled: CompiledTraining, machine: Machine): NetworkParameters =>
  learntParameters(compiled, learntState(machine, compiled.program, manifestOf(compiled.program.manifest)!));

/** One float step from given parameters with the batch of that step. */
function floatStep(compiled: CompiledTraining, from: NetworkParameters, step: number): NetworkParameters {
  const { network, settings, experiment, train } = compiled;
  const { images, labels, shape, unit } = inFirstOrder(train, experiment.seed);
  const size = shape.reduce((product, extent) => product * extent, 1);
  const [first, last] = [step * settings.batch, (step + 1) * settings.batch];
  const inputs = Float32Array.from(images.subarray(first * size, last * size), (code) => code * unit);
  const { gradients: slopes } = gradients(createKernels(), network, from, inputs, labels.subarray(first, last));
  const down = (values: Float32Array, by: Float32Array) => values.map((value, i) => value - settings.learningRate * by[i]!);
  return from.map(({ weights, bias }, layer) => ({
    weights: down(weights, slopes[layer]!.weights),
    bias: down(bias, slopes[layer]!.bias),
  }));
}

describe('an ideal chip trains as floats do', () => {
  test.each([
    ['the perceptron', perceptron],
    ['LeNet-5 without kinks', smoothLenet],
  ])('%s: a trajectory of 100 steps within 1e-4 of the largest weight', (_, definition) => {
    for (const deviation of afterTraining({ set, definition, algorithm: ideal('sgd', 100) }))
      expect(deviation).toBeLessThan(1e-4);
  });

  test.each([
    ['the perceptron', perceptron, 20],
    ['LeNet-5', lenet, 12],
  ])('%s: every step from the state the chip is in, within a hundredth of that', (_, definition, steps) => {
    const compiled = compileTiny({ set, definition, algorithm: ideal('sgd', steps) });
    const run = trainingSteps(compiled.program);
    run.next();
    for (let step = 0; step < steps; step++) {
      const before = heldBy(compiled, run.machine);
      run.next();
      for (const deviation of deviations(heldBy(compiled, run.machine), floatStep(compiled, before, step)))
        expect(deviation).toBeLessThan(1e-6);
    }
  });

  test.each([
    ['the perceptron', perceptron],
    ['LeNet-5 without kinks', smoothLenet],
  ])('%s with mixed precision in steps of 2^-20 of the range: 100 steps within 1e-4 of the largest weight', (_, definition) => {
    for (const deviation of afterTraining({ set, definition, algorithm: ideal('mixed', 100) }))
      expect(deviation).toBeLessThan(1e-4);
  });

  test('the learning rate falls on the chip as it does in floats', () => {
    const algorithm = ideal('sgd', 10, ', epochs: 3, schedule: { every: 1, factor: 0.5 }');
    for (const deviation of afterTraining({ set, algorithm })) expect(deviation).toBeLessThan(1e-4);
  });
});

/** Worst ratio of |y - W x| to 4 2^-24 sqrt(n) sum |w x| over the outputs of one product, and of |W' - W - rate d x^T| likewise. */
function worstRatio(machine: Machine, operation: IssuedOperation, execute: () => void): number {
  const { group, a, b, d, length, mnemonic } = operation;
  const { rows, columns, csrs } = group!;
  const floats = (address: number, count: number) => new Float32Array(machine.readSpm(address, 4 * count).buffer);
  const inputs = (address: number, count: number) =>
    csrs.inFormat === 'u8'
      ? Float32Array.from(machine.readSpm(address, count), (code) => code * csrs.inUnit)
      : floats(address, count);
  const [weights, address] = [machine.weights(group!.id), a.kind === 'spm' ? a.address : 0];
  const bound = (n: number, magnitude: number) => 4 * 2 ** -24 * Math.sqrt(n) * magnitude;
  let worst = 0;
  if (mnemonic === 'OPU') {
    const [x, error] = [inputs(address, length * rows), floats(b.kind === 'spm' ? b.address : 0, length * columns)];
    const rate = d.kind === 'value' ? d.value : 0;
    execute();
    const after = machine.weights(group!.id);
    for (let i = 0; i < weights.length; i++) {
      let [sum, magnitude] = [weights[i]!, Math.abs(weights[i]!)];
      for (let v = 0; v < length; v++) {
        const term = rate * x[v * rows + Math.floor(i / columns)]! * error[v * columns + (i % columns)]!;
        sum += term;
        magnitude += Math.abs(term);
      }
      worst = Math.max(worst, Math.abs(after[i]! - sum) / bound(length + 1, magnitude));
    }
    return worst;
  }
  const forward = mnemonic === 'MVM';
  const [n, outputs] = forward ? [rows, columns] : [columns, rows];
  const x = forward ? inputs(address, length * n) : floats(address, length * n);
  const out = d.kind === 'spm' ? d.address : 0;
  // what the product is added to
  const bias = forward ? floats(out, length * outputs) : new Float32Array(length * outputs);
  execute();
  const y = floats(out, length * outputs);
  for (let v = 0; v < length; v++) {
    for (let j = 0; j < outputs; j++) {
      let [sum, magnitude] = [bias[v * outputs + j]!, Math.abs(bias[v * outputs + j]!)];
      for (let i = 0; i < n; i++) {
        const term = x[v * n + i]! * weights[forward ? i * columns + j : j * columns + i]!;
        sum += term;
        magnitude += Math.abs(term);
      }
      if (magnitude > 0) worst = Math.max(worst, Math.abs(y[v * outputs + j]! - sum) / bound(n + 1, magnitude));
    }
  }
  return worst;
}

test('every product and update of a step stays within 4 2^-24 sqrt(n) sum |w x| of exact arithmetic', () => {
  const compiled = compileTiny({ set, definition: perceptron, algorithm: ideal('sgd', 3) });
  const run = trainingSteps(compiled.program);
  const seen = new Set<string>();
  for (let more = run.next(); more; ) {
    more = run.next((operation, execute) => {
      if (!['MVM', 'MVT', 'OPU'].includes(operation.mnemonic)) return void execute();
      seen.add(operation.mnemonic);
      expect(worstRatio(run.machine, operation, execute)).toBeLessThan(1);
    });
  }
  expect([...seen].sort()).toEqual(['MVM', 'MVT', 'OPU']);
});

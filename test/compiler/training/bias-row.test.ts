import { describe, expect, test } from 'vitest';
import { appendOnes, inputRows, joinBias, splitBias } from '../../../src/compiler/training/bias-row.ts';
import { learntParameters } from '../../../src/simulate/training-deployment.ts';
import { codeOf } from '../../support/program-words.ts';
import { compileTiny, type TinyTraining, trained } from '../../support/tiny-training.ts';

const set = 'mapping.scheme=reference-cell, scratchpad.bytes=8 MiB';
const recurrent = 'name: n\ninput: [28, 28, 1]\nlayers:\n  - lstm: 6\n  - linear: 10\n';
const small =
  'name: n\ninput: [28, 28, 1]\nlayers:\n  - { convolution: { channels: 1, kernel: 4, stride: 4 }, activation: sigmoid }\n  - flatten\n  - linear: 10\n';
/** Biases begin at 0 with the usual start, which would hide where they lie. */
const analog = (kind: string, more = ''): string =>
  `kind: ${kind}, batch: 4, samples: 40, learningRate: 0.1, weightMax: 1, bias: analog, initialisation: pytorch${more}`;

const most = (values: Float32Array): number => values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);

/** Largest |difference| from the float network trained alike, of weights and of biases, over the largest weight of the layer. */
function deviations(tiny: TinyTraining): readonly { weights: number; bias: number }[] {
  const compiled = compileTiny(tiny);
  const learnt = learntParameters(compiled, trained(compiled).learnt!);
  const gap = (a: Float32Array, b: Float32Array): number => {
    expect(a.length).toBe(b.length);
    return most(a.map((value, at) => value - b[at]!));
  };
  return compiled.reference.parameters.flatMap(({ weights, bias }, layer) => {
    if (weights.length === 0) return [];
    expect(most(bias)).toBeGreaterThan(0);
    const scale = most(weights);
    return [{ weights: gap(learnt[layer]!.weights, weights) / scale, bias: gap(learnt[layer]!.bias, bias) / scale }];
  });
}

describe('analog biases on an ideal chip learn as float biases do', () => {
  const networks = [
    ['layers', {}],
    ['convolutions', { network: 'convolutional' }],
    ['a recurrence', { definition: recurrent }],
  ] as const;
  test.each(
    networks.flatMap(([name, network]) => ['sgd', 'mixed'].map((kind) => [name, kind, network] as const)),
  )('%s with %s', (_, kind, network) => {
    for (const { weights, bias } of deviations({ set, ...network, algorithm: analog(kind) } as TinyTraining)) {
      expect(weights).toBeLessThan(1e-4);
      expect(bias).toBeLessThan(1e-4);
    }
  });
});

describe('a program with analog biases', () => {
  const pulsed = { device: 'cmo-hfox-train', set: 'mapping.scheme=reference-cell, scratchpad.bytes=4 MiB' } as const;
  const compiled = (algorithm: string, more: object = {}) =>
    compileTiny({ ...pulsed, ...more, algorithm: `${algorithm}, samples: 20` });

  test('has one more row in every group and no digital bias', () => {
    const { mapping, program } = compiled('kind: agad, bias: analog');
    expect(mapping.matrices.map(({ stage }) => [stage.rows, inputRows(stage)])).toEqual([
      [785, 784],
      [13, 12],
    ]);
    const code = codeOf(program);
    expect(code).toContain('CONSTANT_ROW');
    for (const word of ['OPD', 'MOV.broadcast']) expect(code).not.toContain(word);
    expect(codeOf(compiled('kind: agad').program)).not.toContain('CONSTANT_ROW');
  });

  test.each(['tiki-taka', 'ttv2', 'cttv2', 'agad'])('learns with %s', (kind) => {
    const done = compiled(`kind: ${kind}, bias: analog, batch: 5, fastRate: 0.1, rowsPerSample: 20`, { definition: small });
    const simulation = trained(done, 'full');
    const { training, ending } = simulation.report();
    expect(ending).toBe('halted');
    expect(Number.isFinite(training!.epochs[0]!.loss)).toBe(true);
    for (const { bias } of learntParameters(done, simulation.learnt!).filter(({ weights }) => weights.length > 0))
      expect(most(bias)).toBeGreaterThan(0);
  });

  test('knows no other place for a bias', () => expect(() => compiled('kind: sgd, bias: upstairs')).toThrow(/bias.*expected/s));
});

test('cells are split into weights and bias as they were joined', () => {
  const [weights, bias] = [Float32Array.from([1, 2, 3, 4, 5, 6]), Float32Array.from([7, 8])];
  const stage = { rows: 4, columns: 2, constantRow: true } as Parameters<typeof splitBias>[0];
  expect(splitBias(stage, joinBias({ weights, bias }))).toEqual({ weights, bias });
  expect([...appendOnes(weights, 3)]).toEqual([1, 2, 3, 1, 4, 5, 6, 1]);
});

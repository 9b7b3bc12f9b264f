import { describe, expect, it } from 'vitest';
import { crestFactor } from '../../src/network/clip-weights.ts';
import { generateDigits } from '../../src/network/data/digits.ts';
import { findData } from '../../src/network/data/find-data.ts';
import { evaluate } from '../../src/network/evaluate.ts';
import { type EpochReport, train } from '../../src/network/trainer.ts';
import { createKernels } from '../../src/numeric/create-kernels.ts';
import { diskFiles, realData } from '../support/data.ts';
import { shippedNetwork } from './examples.ts';

const kernels = createKernels();
const digits = generateDigits(1, 2000, 500);
const small = shippedNetwork('mlp-784-64-10');

describe('train', () => {
  it('learns the digits, keeps the weights bounded and reports every epoch', () => {
    const seen: EpochReport[] = [];
    const before = kernels.mark();
    const result = train(kernels, small, digits.train, { epochs: 10 }, { onEpoch: (report) => seen.push(report) });
    expect(kernels.mark()).toBe(before);
    expect(seen).toEqual(result.epochs);
    expect(seen.map(({ epoch, epochs }) => [epoch, epochs])).toEqual(Array.from({ length: 10 }, (_, epoch) => [epoch + 1, 10]));
    expect(seen.at(-1)!.loss).toBeLessThan(0.2 * seen[0]!.loss);
    expect(seen.at(-1)!.learningRate).toBeLessThan(1e-4);
    for (const layer of result.parameters) expect(crestFactor(layer)).toBeLessThanOrEqual(2.51);
    expect(evaluate(kernels, small, result.parameters, digits.test).accuracy).toBeGreaterThan(0.88);
  });

  it.each([
    { optimiser: { kind: 'sgd' }, learningRate: 0.2 },
    { optimiser: { kind: 'momentum', momentum: 0.9 }, learningRate: 0.03 },
  ] as const)('learns with $optimiser.kind', (options) => {
    const { parameters } = train(kernels, small, digits.train, { ...options, epochs: 10, weightDecay: 0 });
    expect(evaluate(kernels, small, parameters, digits.test).accuracy).toBeGreaterThan(0.85);
  });

  it('learns LeNet', () => {
    const lenet = shippedNetwork('lenet-5');
    const { parameters } = train(kernels, lenet, digits.train, { epochs: 2, batch: 32 });
    expect(evaluate(kernels, lenet, parameters, digits.test).accuracy).toBeGreaterThan(0.85);
  });

  it('is the same bit for bit for a seed, and another for another seed', () => {
    const run = (seed: number) => train(kernels, small, digits.train, { epochs: 1, seed, batch: 100 });
    expect(run(4)).toEqual(run(4));
    expect(run(5).parameters).not.toEqual(run(4).parameters);
  });

  it('stops when asked, with what it has learnt', () => {
    let asked = 0;
    const { epochs, stopped, parameters } = train(
      kernels,
      small,
      digits.train,
      { epochs: 9 },
      { shouldStop: () => ++asked > 20 },
    );
    expect(stopped).toBe(true);
    expect(epochs).toHaveLength(1);
    expect(evaluate(kernels, small, parameters, digits.test).accuracy).toBeGreaterThan(0.5);
  });

  it('starts from given parameters; no epochs leave them as they are', () => {
    const start = train(kernels, small, digits.train, { epochs: 1 }).parameters;
    expect(train(kernels, small, digits.train, { epochs: 0 }, { start }).parameters).toEqual(start);
  });

  it('hands out copies after an epoch and frees its memory when the listener throws', () => {
    const before = kernels.mark();
    const onEpoch = (_report: EpochReport, parameters: () => unknown): void => {
      expect(parameters()).toHaveLength(3);
      throw new Error('enough');
    };
    expect(() => train(kernels, small, digits.train, { epochs: 3 }, { onEpoch })).toThrow('enough');
    expect(kernels.mark()).toBe(before);
  });

  it.each([
    [{ epochs: 1.5 }, 'epochs is 1.5; want a whole number >= 0'],
    [{ batch: 0 }, 'batch is 0; want a whole number >= 1'],
    [{ learningRate: 0 }, 'learning rate is 0; want > 0'],
    [{ learningRate: Number.NaN }, 'learning rate is NaN; want > 0'],
    [{ weightDecay: -1 }, 'weight decay is -1; want >= 0'],
    [{ clipSigma: -1 }, 'clip sigma is -1; want >= 0 (0 is no limit)'],
  ])('refuses %j', (options, message) => {
    expect(() => train(kernels, small, digits.train, options)).toThrow(message);
  });

  it('finds the embedded digits about as hard as MNIST', () => {
    const full = generateDigits(1);
    const network = shippedNetwork('mlp-784-256-128-10');
    const { parameters } = train(kernels, network, full.train, { epochs: 4 });
    const { accuracy } = evaluate(kernels, network, parameters, full.test);
    expect(accuracy).toBeGreaterThan(0.96);
    expect(accuracy).toBeLessThan(0.995);
  });

  const mnist = realData('mnist');
  it.skipIf(mnist === undefined)('reaches 96 % on the real MNIST in one epoch', () => {
    const data = findData(diskFiles, mnist!);
    const network = shippedNetwork('mlp-784-256-128-10');
    const { parameters } = train(kernels, network, data.train, { epochs: 1 });
    expect(evaluate(kernels, network, parameters, data.test).accuracy).toBeGreaterThan(0.96);
  });
});

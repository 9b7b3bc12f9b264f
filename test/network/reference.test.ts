import { describe, expect, it } from 'vitest';
import { initialise } from '../../src/network/initialise.ts';
import type { Network, NetworkParameters } from '../../src/network/layer-graph.ts';
import { forward, gradients } from '../../src/network/reference.ts';
import { sizeOf } from '../../src/network/shapes.ts';
import { createKernels } from '../../src/numeric/create-kernels.ts';
import { createStream } from '../../src/numeric/philox.ts';
import { purposes } from '../../src/numeric/purposes.ts';
import { oddNetwork, randomBatch, shippedNetwork } from './examples.ts';
import { scalarForward, scalarLoss, toScalar } from './scalar-network.ts';

const kernels = createKernels();
const cases: readonly (readonly [string, Network])[] = [
  ['perceptron', shippedNetwork('mlp-784-64-10')],
  ['lenet-5', shippedNetwork('lenet-5')],
  ['odd', oddNetwork],
];

/** Initial weights with biases that are not zero. */
function parametersOf(network: Network): NetworkParameters {
  const stream = createStream(3, purposes.sampling);
  return initialise(kernels, network, 7).map(({ weights, bias }) => ({ weights, bias: bias.map(() => 0.1 * stream.normal()) }));
}

describe.each(cases)('forward of %s', (_name, network) => {
  it('equals naive loops in doubles, layer by layer', () => {
    const parameters = parametersOf(network);
    const { inputs } = randomBatch(network, 3);
    const { outputs, activations } = forward(kernels, network, parameters, inputs, { activations: true });
    const size = sizeOf(network.inputShape);
    for (let sample = 0; sample < 3; sample++) {
      const expected = scalarForward(
        network,
        toScalar(parameters),
        Array.from(inputs.subarray(sample * size, (sample + 1) * size)),
      );
      for (const [layer, values] of expected.entries()) {
        const scale = Math.max(...values.map(Math.abs));
        const found = activations![layer]!.subarray(sample * values.length, (sample + 1) * values.length);
        expect(Math.max(...values.map((value, index) => Math.abs(value - found[index]!))) / scale).toBeLessThan(1e-5);
      }
    }
    expect(outputs).toEqual(activations!.at(-1));
  });

  it('does not depend on what shares the batch, nor leave memory behind', () => {
    const parameters = parametersOf(network);
    const { inputs } = randomBatch(network, 5);
    const before = kernels.mark();
    const all = forward(kernels, network, parameters, inputs).outputs;
    expect(kernels.mark()).toBe(before);
    const alone = forward(kernels, network, parameters, inputs.slice(-sizeOf(network.inputShape))).outputs;
    expect(all.slice(-alone.length)).toEqual(alone);
  });
});

describe.each(cases)('gradients of %s', (_name, network) => {
  const parameters = parametersOf(network);
  const { inputs, labels } = randomBatch(network, 2, 5);
  const result = gradients(kernels, network, parameters, inputs, labels, { inputGradient: true });
  const exact = toScalar(parameters);
  const stream = createStream(9, purposes.sampling);

  /** Central difference in doubles with respect to `values[index]`. */
  const slope = (values: number[], index: number, loss: () => number): number => {
    const [kept, step] = [values[index]!, 1e-6];
    values[index] = kept + step;
    const above = loss();
    values[index] = kept - step;
    const below = loss();
    values[index] = kept;
    return (above - below) / (2 * step);
  };
  const worst = (found: Float32Array, values: number[], loss: () => number): number => {
    const scale = found.reduce((maximum, value) => Math.max(maximum, Math.abs(value)), 1e-6);
    const picked = Array.from({ length: Math.min(4, values.length) }, () => stream.integer(values.length));
    return Math.max(0, ...picked.map((index) => Math.abs(slope(values, index, loss) - found[index]!) / scale));
  };

  it('agree with finite differences of every layer', () => {
    const loss = (): number => scalarLoss(network, exact, Array.from(inputs), labels);
    expect(result.loss).toBeCloseTo(loss(), 5);
    for (const [layer, { weights, bias }] of exact.entries()) {
      expect(worst(result.gradients[layer]!.weights, weights, loss)).toBeLessThan(2e-4);
      expect(worst(result.gradients[layer]!.bias, bias, loss)).toBeLessThan(2e-4);
    }
  });

  it('agree with finite differences of the input', () => {
    const values = Array.from(inputs);
    expect(worst(result.inputGradient!, values, () => scalarLoss(network, exact, values, labels))).toBeLessThan(2e-4);
  });

  it('are the same with and without the input gradient', () => {
    expect(gradients(kernels, network, parameters, inputs, labels).gradients).toEqual(result.gradients);
  });
});

describe('refusals', () => {
  const network = shippedNetwork('mlp-784-64-10');
  const parameters = parametersOf(network);

  it('names wrong sizes', () => {
    expect(() => forward(kernels, network, parameters, new Float32Array(783))).toThrow(
      'inputs hold 783 values; want a positive multiple of 784',
    );
    expect(() => forward(kernels, network, parameters.slice(1), new Float32Array(784))).toThrow(
      'parameters hold 2 layers; want 3',
    );
    const inputs = new Float32Array(784);
    expect(() => gradients(kernels, network, parameters, inputs, new Uint8Array(2))).toThrow('labels hold 2 values; want 1');
    const wrong = parameters.map((layer) => ({ ...layer, weights: layer.weights.slice(1) }));
    expect(() => forward(kernels, network, wrong, inputs)).toThrow(/linear1 has 50175 weights and 64 biases; want 50176 and 64/);
  });
});

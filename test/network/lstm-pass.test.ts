import { expect, test } from 'vitest';
import { evaluateGraph } from '../../src/network/graph/evaluate-graph.ts';
import { graphOf } from '../../src/network/graph/from-network.ts';
import { initialise } from '../../src/network/initialise.ts';
import { parseNetwork } from '../../src/network/parse-network.ts';
import { forward, gradients } from '../../src/network/reference.ts';
import { createKernels } from '../../src/numeric/create-kernels.ts';
import { randomBatch } from './examples.ts';
import { scalarForward, scalarLoss, toScalar } from './scalar-network.ts';

const kernels = createKernels();
const network = parseNetwork('name: n\ninput: [5, 3, 2]\nlayers:\n  - { lstm: 4, last: true }\n  - linear: 3\n', 'n.yaml');
const parameters = initialise(kernels, network, 7).map(({ weights, bias }) => ({
  weights: weights.map((x) => 3 * x),
  bias: bias.map((_, at) => Math.sin(at)),
}));
const { inputs, labels } = randomBatch(network, 3, 5);

test('a recurrent layer computes what its equations say, in the network and as a graph', () => {
  const { outputs } = forward(kernels, network, parameters, inputs);
  const graph = graphOf(network, parameters);
  for (let sample = 0; sample < 3; sample++) {
    const own = inputs.slice(sample * 30, (sample + 1) * 30);
    const wanted = scalarForward(network, toScalar(parameters), Array.from(own)).at(-1)!;
    const found = evaluateGraph(kernels, graph, own).get(graph.output)!;
    wanted.forEach((x, at) => {
      expect(outputs[sample * 3 + at]!).toBeCloseTo(x, 5);
      expect(found[at]!).toBeCloseTo(x, 5);
    });
  }
});

test('its gradients are difference quotients of the loss', () => {
  const result = gradients(kernels, network, parameters, inputs, labels);
  const loss = (layer: number, member: 'weights' | 'bias', at: number, step: number): number => {
    const moved = toScalar(parameters).map((own, index) => (index === layer ? { ...own, [member]: [...own[member]] } : own));
    (moved[layer]![member] as number[])[at]! += step;
    return scalarLoss(network, moved, Array.from(inputs), labels);
  };
  for (const [layer, { weights, bias }] of result.gradients.entries())
    for (const [member, values] of [
      ['weights', weights],
      ['bias', bias],
    ] as const)
      values.forEach((slope, at) => {
        const quotient = (loss(layer, member, at, 1e-5) - loss(layer, member, at, -1e-5)) / 2e-5;
        expect(Math.abs(slope - quotient)).toBeLessThan(1e-4 * Math.max(1, Math.abs(quotient)));
      });
});

test('it comes first, on the rows of a map', () => {
  const parse =
    (layers: string, input = '[4, 3, 1]') =>
    () =>
      parseNetwork(`name: n\ninput: ${input}\nlayers:\n${layers}`, 'n.yaml');
  expect(parse('  - { convolution: { channels: 2, kernel: 1 } }\n  - lstm: 3\n  - linear: 2')).toThrow(
    /lstm1 behind other layers/,
  );
  expect(parse('  - lstm: 3\n  - linear: 2', '[12]')).toThrow(/an input of 12, expected a map/);
});

test('some rows of the image may make one step', () => {
  const text = (rows: number) => `name: n\ninput: [6, 3, 2]\nlayers:\n  - { lstm: 4, rows: ${rows} }\n  - linear: 2\n`;
  expect(parseNetwork(text(2), 'n.yaml').layers[0]).toMatchObject({ steps: 3, inputs: 12, units: 4 });
  expect(parseNetwork(text(6), 'n.yaml').layers[0]).toMatchObject({ steps: 1, inputs: 36 });
  expect(() => parseNetwork(text(4), 'n.yaml')).toThrow(
    /an input of 6x3x2, expected a map of whole rows in 2 steps of 24 values/,
  );
});

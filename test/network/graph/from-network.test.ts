import { expect, test } from 'vitest';
import { evaluateGraph } from '../../../src/network/graph/evaluate-graph.ts';
import { graphOf } from '../../../src/network/graph/from-network.ts';
import { forward } from '../../../src/network/reference.ts';
import { createKernels } from '../../../src/numeric/create-kernels.ts';
import { networkOf, randomParameters } from '../../compiler/support.ts';

test('a chain of layers and its graph compute the same', () => {
  const network = networkOf(
    [9, 8, 2],
    [
      '{ convolution: { channels: 3, kernel: [3, 2], pad: 1, stride: 2 }, activation: leaky-relu }',
      'pool: { function: max, kernel: 2 }',
      '{ linear: 5, activation: tanh }',
      '{ linear: 4, bias: false }',
    ],
  );
  const parameters = randomParameters(network, 3);
  const kernels = createKernels();
  const input = Float32Array.from({ length: 144 }, (_, at) => Math.sin(at));
  const graph = graphOf(network, parameters);
  const found = evaluateGraph(kernels, graph, input).get(graph.output)!;
  const { outputs } = forward(kernels, network, parameters, input);
  expect(found.length).toBe(4);
  found.forEach((x, at) => void expect(x).toBeCloseTo(outputs[at]!, 5));
  expect(() => evaluateGraph(kernels, graph, input.subarray(1))).toThrow(RangeError);
});

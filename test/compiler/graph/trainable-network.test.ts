import { describe, expect, test } from 'vitest';
import { trainableNetwork } from '../../../src/compiler/graph/trainable-network.ts';
import { InputError } from '../../../src/config/issue.ts';
import { evaluateGraph } from '../../../src/network/graph/evaluate-graph.ts';
import type { Graph, GraphNode } from '../../../src/network/graph/graph.ts';
import { parseGraphNetwork } from '../../../src/network/graph/parse-graph-network.ts';
import { forward } from '../../../src/network/reference.ts';
import { createKernels } from '../../../src/numeric/create-kernels.ts';

const kernels = createKernels();
const graph = (layers: string, input: string): Graph =>
  parseGraphNetwork(`name: n\ninput: ${input}\nlayers:\n${layers}`, 'n.yaml', 3);

const chain = graph(
  [
    '  - { convolution: { channels: 3, kernel: 3, pad: 1 }, activation: relu }',
    '  - pool: { function: max, kernel: 2 }',
    '  - { convolution: { channels: 4, kernel: 2, stride: 2 }, activation: leaky-relu }',
    '  - { linear: 6, activation: tanh }',
    '  - linear: 3',
  ].join('\n'),
  '[8, 8, 2]',
);

function issuesOf(of: Graph): readonly string[] {
  try {
    trainableNetwork(of);
  } catch (error) {
    if (error instanceof InputError) return error.message.split('\n');
    throw error;
  }
  return [];
}

describe('a graph whose layers follow one another', () => {
  test('is a network that computes the same', () => {
    const { network, parameters } = trainableNetwork(chain);
    expect(network.layers.map(({ kind }) => kind)).toEqual(['convolution', 'pool', 'convolution', 'flatten', 'linear', 'linear']);
    expect(network.layers.map((layer) => ('activation' in layer ? layer.activation : ''))).toEqual([
      'relu',
      '',
      'leaky-relu',
      '',
      'tanh',
      'none',
    ]);
    const input = Float32Array.from({ length: 128 }, (_, at) => Math.sin(at));
    const wanted = evaluateGraph(kernels, chain, input).get(chain.output)!;
    const { outputs } = forward(kernels, network, parameters, input);
    wanted.forEach((x, at) => void expect(outputs[at]!).toBeCloseTo(x, 5));
  });

  test('channels-first flattening, constants behind a matrix and a softmax at the end do not stand in the way', () => {
    const [convolution] = chain.nodes as readonly [GraphNode];
    const nodes: GraphNode[] = [
      convolution,
      {
        ...{ name: 'shift', inputs: [convolution.name], shape: convolution.shape },
        operation: { kind: 'constant', function: 'add', constant: Float32Array.of(1, 2, 3), reversed: false },
      },
      { name: 'turn', inputs: ['shift'], shape: [3, 8, 8], operation: { kind: 'transpose', permutation: [2, 0, 1] } },
      { name: 'flat', inputs: ['turn'], shape: [192], operation: { kind: 'reshape' } },
      {
        ...{ name: 'scores', inputs: ['flat'], shape: [2] },
        operation: {
          kind: 'linear',
          inputs: 192,
          outputs: 2,
          bias: undefined,
          weights: Float32Array.from({ length: 384 }, (_, at) => Math.cos(at)),
        },
      },
      { name: 'shares', inputs: ['scores'], shape: [2], operation: { kind: 'softmax', log: false } },
    ];
    const exported: Graph = { ...chain, nodes, output: 'shares' };
    const { network, parameters } = trainableNetwork(exported);
    const input = Float32Array.from({ length: 128 }, (_, at) => Math.sin(at));
    const wanted = evaluateGraph(kernels, { ...exported, output: 'scores' }, input).get('scores')!;
    const { outputs } = forward(kernels, network, parameters, input);
    wanted.forEach((x, at) => void expect(outputs[at]! / x).toBeCloseTo(1, 4));
  });
});

describe('what cannot be trained is named, all of it', () => {
  test('branches, groups, padded pools, functions', () => {
    const issues = issuesOf(
      graph(
        [
          '  - residual: [{ convolution: { channels: 4, kernel: 3, pad: 1 }, activation: gelu }]',
          '  - depthwise: { kernel: 3, pad: 1 }',
          '  - pool: { function: max, kernel: 3, pad: 1 }',
          '  - linear: 2',
        ].join('\n'),
        '[6, 6, 4]',
      ),
    ).join('\n');
    for (const part of [
      'convolution1.gelu: function gelu',
      'residual1: operation binary',
      'depthwise1: a convolution in 4 groups',
      'pool1: a pool with padding 1, 1, 1, 1',
      'input: several layers that read the input',
    ])
      expect(issues).toContain(part);
  });

  test('sequences', () => {
    const issues = issuesOf(graph('  - linear: 5\n  - { lstm: 3, last: true }\n  - linear: 2', '[4, 6]')).join('\n');
    expect(issues).toContain('linear1: a matrix for each row of 4 x 6');
    expect(issues).toContain('lstm1: operation lstm');
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { InputError } from '../../../src/config/issue.ts';
import { evaluateGraph } from '../../../src/network/graph/evaluate-graph.ts';
import type { DrawWeights } from '../../../src/network/graph/graph-layers.ts';
import { parseGraphNetwork } from '../../../src/network/graph/parse-graph-network.ts';
import { elementsOf } from '../../../src/network/graph/rearrange.ts';
import { createKernels } from '../../../src/numeric/create-kernels.ts';

const folder = new URL('../../../workloads/networks/', import.meta.url);
const shipped = (file: string, draw?: DrawWeights) =>
  parseGraphNetwork(readFileSync(new URL(file, folder), 'utf8'), file, 1, draw);
/** Shapes alone: drawing millions of weights takes seconds. */
const zeros: DrawWeights = (count) => new Float32Array(count);
const kernels = createKernels();

const weightsOf = (file: string): number =>
  shipped(file, zeros).nodes.reduce((sum, { operation }) => sum + ('weights' in operation ? operation.weights.length : 0), 0);

function issuesOf(layers: string, input = '[8, 8, 4]'): readonly string[] {
  try {
    parseGraphNetwork(`name: n\ninput: ${input}\nlayers:\n${layers}`, 'n.yaml', 1);
  } catch (error) {
    if (error instanceof InputError) return error.message.split('\n');
    throw error;
  }
  return [];
}

const graph = (layers: string, input = '[8, 8, 4]') =>
  parseGraphNetwork(`name: n\ninput: ${input}\nlayers:\n${layers}`, 'n.yaml', 1);

describe('shipped networks', () => {
  test.each(readdirSync(folder).filter((file) => !file.startsWith('resnet')))('%s can be read, branches or none', (file) => {
    const network = shipped(file, zeros);
    expect(`${network.name}.yaml`).toBe(file);
    expect(new Set(network.nodes.map(({ name }) => name)).size).toBe(network.nodes.length);
    expect(network.nodes.at(-1)!.shape).toEqual([10]);
  });

  test('the residual networks have the sizes of their papers', () => {
    // Without biases and normalisation: 11.2 and 23.5 million in convolutions, 0.5 and 2 million in the classifier.
    expect(weightsOf('resnet-18.yaml')).toBe(11_166_912 + 512 * 1000);
    expect(weightsOf('resnet-50.yaml')).toBe(23_454_912 + 2048 * 1000);
  });

  test.each(['lstm.yaml', 'transformer-block.yaml'])('%s computes finite scores that depend on the input', (file) => {
    const network = shipped(file);
    const scores = [0, 1].map((start) => {
      const input = Float32Array.from({ length: elementsOf(network.inputShape) }, (_, at) => Math.sin(at + start));
      return [...evaluateGraph(kernels, network, input).get(network.output)!];
    });
    expect(scores.flat().every(Number.isFinite)).toBe(true);
    expect(scores[0]).not.toEqual(scores[1]);
  });
});

describe('layers', () => {
  test('steps of a recurrence may take several rows of a map, all of them alike', () => {
    const { nodes } = graph('  - { lstm: 6, rows: 2, last: true }\n  - linear: 3', '[8, 4, 1]');
    expect(nodes.slice(0, 2).map(({ shape }) => shape)).toEqual([
      [4, 8],
      [4, 6],
    ]);
    expect(() => graph('  - { lstm: 6, rows: 3, last: true }\n  - linear: 3', '[8, 4, 1]')).toThrow(/8 rows in steps of 3/);
  });

  test('a residual adds, branches join channels, repeats repeat', () => {
    const { nodes } = graph(
      [
        '  - residual: [{ convolution: { channels: 4, kernel: 3, pad: 1 } }]',
        '    activation: relu',
        '  - branches: [[convolution: { channels: 2, kernel: 1 }], [depthwise: { kernel: 3, pad: 1 }], []]',
        '  - { times: 3, repeat: [activation: tanh] }',
        '  - global-pool: average',
        '  - linear: 3',
      ].join('\n'),
    );
    expect(nodes.map(({ name, shape }) => `${name} ${shape.join('x')}`)).toEqual([
      'convolution1 8x8x4',
      'residual1 8x8x4',
      'residual1.relu 8x8x4',
      'convolution2 8x8x2',
      'depthwise1 8x8x4',
      'branches1 8x8x10',
      'activation1 8x8x10',
      'activation2 8x8x10',
      'activation3 8x8x10',
      'global-pool1 1x1x10',
      'global-pool1.flatten 10',
      'linear1 3',
    ]);
    expect(nodes[1]!.inputs).toEqual(['convolution1', 'input']);
  });

  test('weights follow the seed, and one layer leaves those of the others alone', () => {
    const [plain, same, changed] = ['- linear: 5\n  - linear: 2', '- linear: 5\n  - linear: 2', '- linear: 5\n  - linear: 7'].map(
      (layers) => graph(`  ${layers}`, '[6]').nodes[0]!.operation,
    );
    expect(same).toEqual(plain);
    expect(changed).toEqual(plain);
  });
});

describe('mistakes are named with their place', () => {
  test.each([
    ['  - linaer: 5', 'n.yaml:4:5 found layer linaer', 'linear'],
    ['  - residual: [convolution: { channels: 5, kernel: 1 }]', 'n.yaml:4:5 found branches of 8x8x5 and 8x8x4', 'equal shapes'],
    ['  - residual: [convolution: { channels: 4, kernel: 9 }]', 'found a kernel of 9x9', 'fits the padded input of 8x8'],
    ['  - residual: [convolution: { chanels: 4, kernel: 1 }]', 'n.yaml:4:31 found unknown convolution.chanels', 'channels'],
    ['  - flatten\n  - lstm: 4', 'found an input of 256', 'a sequence of rows'],
    ['  - convolution: { channels: 6, kernel: 1, groups: 3 }', '3 groups of 4 to 6 channels', 'divisible'],
    ['  - reshape: [7, 7]', 'found 49 elements', '256'],
    ['  - { linear: 3, lstm: 2 }', 'a layer that is linear and lstm', 'one of'],
    ['  - activation: relu', 'no layer with weights', 'linear'],
    ['  - convolution: { channels: 6, kernel: 1 }', 'an output of 8x8x6', 'vector'],
    [`  - times: 1000\n    repeat: [{ times: 1000, repeat: [activation: relu] }]`, 'more than 20000 operations', 'fewer'],
  ])('%s', (layers, found, expected) => {
    const issues = issuesOf(layers);
    expect(issues.length).toBeLessThanOrEqual(2);
    expect(issues.find((issue) => issue.includes(found))).toContain(expected);
  });

  test('attention needs heads that divide its rows', () => {
    expect(issuesOf('  - attention: { heads: 3 }', '[4, 8]').join()).toContain('3 heads on rows of 8');
  });

  test('more weights than any chip has', () => {
    expect(issuesOf('  - linear: 60000', '[60000]').join()).toContain(
      '3600000000 weights up to linear1, expected at most 268435456',
    );
  });

  test('all at once', () => {
    expect(issuesOf('  - linear: 0\n  - pool: { function: mux, kernel: 2 }\n  - flaten')).toHaveLength(3);
  });

  test('blocks inside blocks without end', () => {
    const deep = `${'{ repeat: ['.repeat(20)}flatten${'], times: 1 }'.repeat(20)}`;
    expect(issuesOf(`  - ${deep}`).join()).toContain('at most 16');
  });
});

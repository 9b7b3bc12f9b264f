import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/config/issue.ts';
import { parseNetwork } from '../../src/network/parse-network.ts';
import { describeShape, parameterCount } from '../../src/network/shapes.ts';
import { oddNetwork, shippedNetwork } from './examples.ts';

function issuesOf(text: string): readonly string[] {
  try {
    parseNetwork(text, 'n.yaml');
  } catch (error) {
    if (error instanceof InputError) return error.message.split('\n');
    throw error;
  }
  return [];
}

const head = 'name: n\ninput: [8, 8, 1]\nlayers:\n';

describe('shipped networks', () => {
  it.each(
    readdirSync(new URL('../../workloads/networks', import.meta.url)).filter((file) => /^(mlp|lenet)/.test(file)),
  )('%s is named after its file', (file) => {
    const name = file.replace(/\.yaml$/, '');
    expect(shippedNetwork(name).name).toBe(name);
  });

  it('has the perceptron of the training benchmarks', () => {
    const network = shippedNetwork('mlp-784-256-128-10');
    expect(network.layers.map(({ kind }) => kind)).toEqual(['flatten', 'linear', 'linear', 'linear']);
    expect(network.shapes.map(describeShape)).toEqual(['28x28x1', '784', '256', '128', '10']);
    expect(parameterCount(network)).toBe(785 * 256 + 257 * 128 + 129 * 10);
    expect(network.layers.at(-1)).toMatchObject({ activation: 'none', bias: true });
  });

  it('has LeNet-5 with the shapes of its paper', () => {
    const network = shippedNetwork('lenet-5');
    const shapes = ['28x28x1', '28x28x6', '14x14x6', '10x10x16', '5x5x16', '400', '120', '84', '10'];
    expect(network.shapes.map(describeShape)).toEqual(shapes);
    expect(parameterCount(network)).toBe(61_706);
    expect(network.layers.map(({ name }) => name)).toEqual([
      'convolution1',
      'pool1',
      'convolution2',
      'pool2',
      'flatten1',
      'linear1',
      'linear2',
      'linear3',
    ]);
  });
});

describe('parseNetwork', () => {
  it('reads uneven windows and flattens a map before a linear layer', () => {
    expect(oddNetwork.layers[0]).toMatchObject({ kernel: [3, 2], stride: [1, 2], pad: [1, 0, 2, 1], inChannels: 2, dilation: 1 });
    expect(oddNetwork.layers[1]).toMatchObject({ kernel: [2, 2], stride: [2, 1] });
    expect(oddNetwork.layers.map(({ name }) => name)).toEqual([
      'convolution1',
      'pool1',
      'convolution2',
      'flatten1',
      'linear1',
      'linear2',
    ]);
    expect(oddNetwork.loss).toBe('mse');
  });

  it('takes names, a vector input, the written-out flatten, a byte-order mark and CRLF', () => {
    const text =
      '\uFEFFname: v\r\ninput: [3]\r\nlayers:\r\n  - flatten:\r\n    name: nothing\r\n  - { linear: 2, name: out, bias: false }\r\n';
    const network = parseNetwork(text, 'v.yaml');
    expect(network.layers).toEqual([
      { kind: 'flatten', name: 'nothing' },
      { kind: 'linear', name: 'out', inputs: 3, outputs: 2, bias: false, activation: 'none' },
    ]);
    expect(network.loss).toBe('cross-entropy');
  });

  it('reports every mistake at once, where it stands', () => {
    const text = `name: n
input: [8, 8, 1]
los: mse
layers:
  - { convolucion: { channels: 3, kernel: 3 }, activation: relu }
  - { linear: 10, activation: rellu }
  - { pool: { function: maximum, kernel: 2 } }
  - flaten
  - { linear: 0 }
  - { linear: 3, flatten: }
`;
    expect(issuesOf(text)).toEqual([
      'n.yaml:3:1 found unknown los, expected one of name, doc, input, loss, layers (did you mean loss?)',
      'n.yaml:5:5 found layer kind convolucion, expected one of linear, convolution, pool, lstm, flatten (did you mean convolution?)',
      'n.yaml:6:31 found activation = "rellu", expected one of none, relu, leaky-relu, sigmoid, tanh (did you mean relu?)',
      'n.yaml:7:25 found pool.function = "maximum", expected one of max, average (did you mean max?)',
      'n.yaml:8:5 found layer kind flaten, expected one of linear, convolution, pool, lstm, flatten (did you mean flatten?)',
      'n.yaml:9:15 found linear = 0, expected a number >= 1',
      'n.yaml:10:5 found a layer that is linear and flatten, expected one of linear, convolution, pool, lstm, flatten',
    ]);
  });

  it.each([
    [
      '  - { convolution: { channels: 2, kernel: 9 } }\n  - { linear: 2 }\n',
      'n.yaml:4:5 found a kernel of 9x9, expected one that fits the padded input of 8x8',
    ],
    [
      '  - { convolution: { channels: 2, kernel: 5, dilation: 2 } }\n  - { linear: 2 }\n',
      'n.yaml:4:5 found a kernel of 5x5 with dilation 2, expected one that fits the padded input of 8x8',
    ],
    [
      '  - { linear: 4 }\n  - { pool: { function: max, kernel: 2 } }\n',
      'n.yaml:5:5 found an input of 4, expected a map of height x width x channels with any number of channels',
    ],
    [
      '  - { linear: 4 }\n  - { convolution: { channels: 2, kernel: 1 } }\n',
      'n.yaml:5:5 found an input of 4, expected a map of height x width x channels',
    ],
    [
      '  - { convolution: { channels: 2, kernel: 3 } }\n',
      'n.yaml:4:3 found an output of 6x6x2, expected a vector of classes (end with flatten: 72 values, or linear)',
    ],
    ['  - flatten\n', 'n.yaml:4:3 found no layer with weights, expected at least one linear or convolution'],
    [
      '  - { linear: 4, name: a }\n  - { linear: 4, name: a }\n',
      'n.yaml:5:5 found a second layer named a, expected a name of its own for each layer',
    ],
    ['  - 7\n', 'n.yaml:4:5 found layer 7, expected one of linear, convolution, pool, lstm, flatten'],
    [
      '  - { activation: relu }\n',
      'n.yaml:4:5 found layer kind missing, expected one of linear, convolution, pool, lstm, flatten',
    ],
    ['  - { convolution: { channels: 2, kernel: [1, 2, 3] } }\n', 'n.yaml:4:43 found convolution.kernel = a list of 3'],
  ])('refuses\n%s', (layers, message) => {
    const issues = issuesOf(head + layers);
    expect(issues).toHaveLength(1);
    expect(issues[0]).toContain(message);
  });

  it('still checks shapes when something else is wrong', () => {
    const issues = issuesOf('input: [8, 8, 1]\nlayers:\n  - { pool: { function: max, kernel: 9 } }\n');
    expect(issues).toEqual([expect.stringContaining('found no name'), expect.stringContaining('found a kernel of 9x9')]);
  });

  it.each([
    ['', 'n.yaml:1:1 found an empty file, expected a YAML document'],
    ['name: n\ninput: [8, 8]\nlayers: [flatten]\n', 'n.yaml:2:8 found input = a list of 2'],
    ['name: n\ninput: [8, 8, 1]\nlayers: []\n', 'n.yaml:3:9 found layers = a list of 0'],
    ['- a\n- b\n', 'found a list of 2, expected a mapping'],
    ['name: [unclosed', 'n.yaml:1:'],
  ])('refuses the file %j', (text, message) => {
    expect(issuesOf(text).join('\n')).toContain(message);
  });
});

import { leakySlope } from '../../src/network/activations.ts';
import type { Activation, Layer, Network, NetworkParameters } from '../../src/network/layer-graph.ts';
import { sizeOf } from '../../src/network/shapes.ts';

/** Parameters in double precision. */
export type ScalarParameters = readonly { readonly weights: number[]; readonly bias: number[] }[];

export const toScalar = (parameters: NetworkParameters): ScalarParameters =>
  parameters.map(({ weights, bias }) => ({ weights: Array.from(weights), bias: Array.from(bias) }));

/** The definition of the forward pass of one sample: naive loops in doubles. Returns the output of every layer. */
export function scalarForward(network: Network, parameters: ScalarParameters, input: readonly number[]): number[][] {
  const outputs: number[][] = [];
  let current = [...input];
  for (const [index, layer] of network.layers.entries()) {
    const [from, to] = [network.shapes[index]!, network.shapes[index + 1]!];
    current = scalarLayer(layer, parameters[index]!, current, from, to);
    outputs.push(current);
  }
  return outputs;
}

/** Mean loss of a batch of samples. */
export function scalarLoss(
  network: Network,
  parameters: ScalarParameters,
  inputs: readonly number[],
  labels: Uint8Array,
): number {
  const size = sizeOf(network.inputShape);
  let total = 0;
  for (const [sample, label] of labels.entries()) {
    const logits = scalarForward(network, parameters, inputs.slice(sample * size, (sample + 1) * size)).at(-1)!;
    if (network.loss === 'mse')
      total += logits.reduce((sum, value, index) => sum + (value - (index === label ? 1 : 0)) ** 2, 0) / 2;
    else total += Math.log(logits.reduce((sum, value) => sum + Math.exp(value - logits[label]!), 0));
  }
  return total / labels.length;
}

function scalarLayer(
  layer: Layer,
  { weights, bias }: ScalarParameters[number],
  input: readonly number[],
  from: readonly number[],
  to: readonly number[],
): number[] {
  switch (layer.kind) {
    case 'flatten':
      return [...input];
    case 'linear':
      return Array.from({ length: layer.outputs }, (_, output) => {
        let sum = bias[output] ?? 0;
        for (let i = 0; i < layer.inputs; i++) sum += input[i]! * weights[i * layer.outputs + output]!;
        return scalarActivation(sum, layer.activation);
      });
    case 'convolution':
      return scalarConvolution(layer, weights, bias, input, from, to);
    case 'pool':
      return scalarPool(layer, input, from, to);
    case 'lstm':
      return scalarLstm(layer, weights, bias, input);
  }
}

function scalarConvolution(
  layer: Extract<Layer, { kind: 'convolution' }>,
  weights: readonly number[],
  bias: readonly number[],
  input: readonly number[],
  [height = 0, width = 0, channels = 0]: readonly number[],
  [rows = 0, columns = 0]: readonly number[],
): number[] {
  const result: number[] = [];
  for (let pixel = 0; pixel < rows * columns; pixel++) {
    const top = Math.floor(pixel / columns) * layer.stride[0] - layer.pad[0];
    const left = (pixel % columns) * layer.stride[1] - layer.pad[1];
    for (let output = 0; output < layer.outChannels; output++) {
      let sum = bias[output] ?? 0;
      for (let tap = 0; tap < layer.kernel[0] * layer.kernel[1]; tap++) {
        const y = top + Math.floor(tap / layer.kernel[1]) * layer.dilation;
        const x = left + (tap % layer.kernel[1]) * layer.dilation;
        if (y < 0 || y >= height || x < 0 || x >= width) continue;
        for (let channel = 0; channel < channels; channel++) {
          sum += input[(y * width + x) * channels + channel]! * weights[(tap * channels + channel) * layer.outChannels + output]!;
        }
      }
      result.push(scalarActivation(sum, layer.activation));
    }
  }
  return result;
}

function scalarPool(
  layer: Extract<Layer, { kind: 'pool' }>,
  input: readonly number[],
  [, width = 0, channels = 0]: readonly number[],
  [rows = 0, columns = 0]: readonly number[],
): number[] {
  const [high, wide] = layer.kernel;
  return Array.from({ length: rows * columns * channels }, (_, index) => {
    const channel = index % channels;
    const pixel = Math.floor(index / channels);
    const top = Math.floor(pixel / columns) * layer.stride[0];
    const left = (pixel % columns) * layer.stride[1];
    const taps = Array.from({ length: high * wide }, (_tap, tap) => {
      return input[((top + Math.floor(tap / wide)) * width + left + (tap % wide)) * channels + channel]!;
    });
    return layer.function === 'max' ? Math.max(...taps) : taps.reduce((sum, value) => sum + value, 0) / taps.length;
  });
}

function scalarActivation(value: number, activation: Activation): number {
  if (activation === 'relu') return Math.max(0, value);
  if (activation === 'leaky-relu') return value < 0 ? leakySlope * value : value;
  if (activation === 'sigmoid') return 1 / (1 + Math.exp(-value));
  if (activation === 'tanh') return Math.tanh(value);
  return value;
}

function scalarLstm(
  { inputs, units, steps }: Extract<Layer, { kind: 'lstm' }>,
  weights: ArrayLike<number>,
  bias: ArrayLike<number>,
  input: readonly number[],
): number[] {
  const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
  let [hidden, cell] = [Array<number>(units).fill(0), Array<number>(units).fill(0)];
  for (let step = 0; step < steps; step++) {
    const joined = [...input.slice(step * inputs, (step + 1) * inputs), ...hidden];
    const sum = (column: number): number =>
      joined.reduce((total, x, row) => total + x * weights[row * 4 * units + column]!, bias[column]!);
    cell = cell.map(
      (before, unit) => sigmoid(sum(units + unit)) * before + sigmoid(sum(unit)) * Math.tanh(sum(3 * units + unit)),
    );
    hidden = cell.map((value, unit) => sigmoid(sum(2 * units + unit)) * Math.tanh(value));
  }
  return hidden;
}

import type { Kernels } from '../numeric/kernels.ts';
import { activate } from './activations.ts';
import type { Layer, Network } from './layer-graph.ts';
import { allocateLstm, forwardLstm, type LstmLayer, type LstmSpace } from './lstm-pass.ts';
import { type PoolGeometry, pool } from './pooling.ts';
import { allocateParameters, type ResidentLayer, type ResidentParameters } from './resident-parameters.ts';
import { sizeOf } from './shapes.ts';

/** Kernel memory for the forward pass of up to `batch` samples; freed by releasing a mark taken before. */
export interface ForwardSpace {
  readonly kernels: Kernels;
  readonly network: Network;
  readonly batch: number;
  readonly parameters: ResidentParameters;
  /** values[i]: input of layer i, [batch x size]; the last is the output. Flatten shares its neighbour's. */
  readonly values: readonly number[];
  /** Packed weights, one layer at a time. */
  readonly packed: number;
  /** im2col rows of one map. */
  readonly windows: number;
  /** Per pool layer the picked indices (i32), 0 for other layers. */
  readonly picks: readonly number[];
  /** Per recurrent layer what it keeps of the batch. */
  readonly recurrent: ReadonlyMap<Layer, LstmSpace>;
}

type Convolution = Extract<Layer, { kind: 'convolution' }>;

/** Largest of `sizes` over the layers: scratch that layers use in turn. */
export const largest = (network: Network, size: (layer: Layer, index: number) => number): number =>
  network.layers.reduce((maximum, layer, index) => Math.max(maximum, size(layer, index)), 0);

/** Output pixels and window length of a convolution. */
export function windowSize(network: Network, index: number): { readonly pixels: number; readonly length: number } {
  const layer = network.layers[index] as Convolution;
  const [rows, columns] = network.shapes[index + 1] as readonly [number, number, number];
  return { pixels: rows * columns, length: layer.kernel[0] * layer.kernel[1] * layer.inChannels };
}

export function allocateForward(kernels: Kernels, network: Network, batch: number): ForwardSpace {
  const parameters = allocateParameters(kernels, network);
  const values = [kernels.allocate(4 * batch * sizeOf(network.inputShape))];
  const picks: number[] = [];
  for (const [index, layer] of network.layers.entries()) {
    const bytes = 4 * batch * sizeOf(network.shapes[index + 1]!);
    values.push(layer.kind === 'flatten' ? values[index]! : kernels.allocate(bytes));
    picks.push(layer.kind === 'pool' ? kernels.allocate(bytes) : 0);
  }
  const packed = kernels.allocate(largest(network, (_, index) => packedBytes(kernels, parameters[index]!)));
  const windows = kernels.allocate(
    4 * largest(network, (layer, index) => (layer.kind === 'convolution' ? windowArea(network, index) : 0)),
  );
  const recurrent = new Map<Layer, LstmSpace>();
  for (const layer of network.layers) if (layer.kind === 'lstm') recurrent.set(layer, allocateLstm(kernels, layer, batch));
  return { kernels, network, batch, parameters, values, packed, windows, picks, recurrent };
}

const packedBytes = (kernels: Kernels, { inputs, outputs }: ResidentLayer): number => kernels.packedBytes(inputs, outputs);

const windowArea = (network: Network, index: number): number => {
  const { pixels, length } = windowSize(network, index);
  return pixels * length;
};

/** Runs `count` samples from values[0] to the last values. */
export function runForward(space: ForwardSpace, count: number): void {
  for (const [index, layer] of space.network.layers.entries()) {
    if (layer.kind === 'linear') forwardLinear(space, index, count);
    else if (layer.kind === 'convolution') forwardConvolution(space, index, layer, count);
    else if (layer.kind === 'pool') forwardPool(space, index, layer, count);
    else if (layer.kind === 'lstm') forwardRecurrent(space, index, layer, count);
    if ('activation' in layer) {
      const length = count * sizeOf(space.network.shapes[index + 1]!);
      activate(space.kernels.f32(space.values[index + 1]!, length), layer.activation);
    }
  }
}

function forwardRecurrent(space: ForwardSpace, index: number, layer: LstmLayer, count: number): void {
  const { kernels, parameters, values, packed, recurrent } = space;
  const { inputs, outputs, weights } = parameters[index]!;
  kernels.pack(packed, weights, inputs, outputs, outputs);
  const places = { input: values[index]!, output: values[index + 1]!, count };
  forwardLstm(kernels, layer, recurrent.get(layer)!, parameters[index]!, packed, places);
}

function forwardLinear({ kernels, parameters, values, packed }: ForwardSpace, index: number, count: number): void {
  const { inputs, outputs, weights, bias } = parameters[index]!;
  const output = values[index + 1]!;
  kernels.pack(packed, weights, inputs, outputs, outputs);
  kernels.gemm(output, values[index]!, packed, count, inputs, outputs, outputs, inputs, false);
  kernels.addRows(output, output, bias, count, outputs);
}

/** One map at a time: its windows stay in the cache and memory does not grow with the batch. */
function forwardConvolution(space: ForwardSpace, index: number, layer: Convolution, count: number): void {
  const { kernels, network, parameters, values, packed, windows } = space;
  const { inputs, outputs, weights, bias } = parameters[index]!;
  const { pixels } = windowSize(network, index);
  const mapBytes = 4 * sizeOf(network.shapes[index]!);
  kernels.pack(packed, weights, inputs, outputs, outputs);
  for (let sample = 0; sample < count; sample++) {
    gatherWindows(space, index, layer, values[index]! + sample * mapBytes);
    const output = values[index + 1]! + 4 * sample * pixels * outputs;
    kernels.gemm(output, windows, packed, pixels, inputs, outputs, outputs, inputs, false);
  }
  kernels.addRows(values[index + 1]!, values[index + 1]!, bias, count * pixels, outputs);
}

/** im2col of the map at `map` into the scratch `windows`. */
export function gatherWindows({ kernels, network, windows }: ForwardSpace, index: number, layer: Convolution, map: number): void {
  const [height, width, channels] = network.shapes[index] as readonly [number, number, number];
  const [rows, columns] = network.shapes[index + 1] as readonly [number, number, number];
  const { kernel, stride, pad, dilation } = layer;
  const window = [kernel[0], kernel[1], stride[0], stride[1], pad[0], pad[1], dilation] as const;
  kernels.im2col(windows, map, height, width, channels, ...window, rows, columns);
}

function forwardPool(space: ForwardSpace, index: number, layer: PoolGeometry['layer'], count: number): void {
  const { kernels, network, values, picks } = space;
  const [input, output] = [network.shapes[index]!, network.shapes[index + 1]!];
  const [inputSize, outputSize] = [sizeOf(input), sizeOf(output)];
  for (let sample = 0; sample < count; sample++) {
    const map = kernels.f32(values[index]! + 4 * sample * inputSize, inputSize);
    const pooled = kernels.f32(values[index + 1]! + 4 * sample * outputSize, outputSize);
    pool(pooled, kernels.i32(picks[index]! + 4 * sample * outputSize, outputSize), map, { layer, input, output });
  }
}

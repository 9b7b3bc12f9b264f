import type { Kernels } from '../numeric/kernels.ts';
import { activateBackward } from './activations.ts';
import { allocateForward, type ForwardSpace, gatherWindows, largest, windowSize } from './forward-pass.ts';
import type { Layer, Network } from './layer-graph.ts';
import { backwardLstm, type LstmLayer } from './lstm-pass.ts';
import { type PoolGeometry, poolBackward } from './pooling.ts';
import { allocateParameters, type ResidentParameters } from './resident-parameters.ts';
import { sizeOf } from './shapes.ts';

/** Kernel memory for forward and backward. */
export interface BackwardSpace extends ForwardSpace {
  readonly gradients: ResidentParameters;
  /** deltas[i]: gradient of the loss with respect to values[i]; 0 (absent) for the input unless asked for. */
  readonly deltas: readonly number[];
  /** Transposed inputs of the layer at hand. */
  readonly transposed: number;
  /** Packed deltas, or packed transposed weights. */
  readonly packedDelta: number;
  /** A row of ones: a bias gradient is ones x deltas. */
  readonly ones: number;
}

export interface BackwardOptions {
  /** Also compute the gradient of the network's input. */
  readonly inputGradient?: boolean;
}

/** Rows that one gradient product of a layer sums over: samples of a linear layer, pixels of one map of a convolution. */
const rowsOf = (network: Network, batch: number, layer: Layer, index: number): number =>
  layer.kind === 'convolution' ? windowSize(network, index).pixels : layer.kind === 'lstm' ? batch * layer.steps : batch;

export function allocateBackward(
  kernels: Kernels,
  network: Network,
  batch: number,
  options: BackwardOptions = {},
): BackwardSpace {
  const forward = allocateForward(kernels, network, batch);
  const gradients = allocateParameters(kernels, network);
  const deltas = [options.inputGradient === true ? kernels.allocate(4 * batch * sizeOf(network.inputShape)) : 0];
  for (const [index, layer] of network.layers.entries()) {
    const size = 4 * batch * sizeOf(network.shapes[index + 1]!);
    deltas.push(layer.kind === 'flatten' ? deltas[index]! : kernels.allocate(size));
  }
  const rows = (layer: Layer, index: number): number => rowsOf(network, batch, layer, index);
  const transposed = kernels.allocate(4 * largest(network, (layer, index) => rows(layer, index) * gradients[index]!.inputs));
  const packedDelta = kernels.allocate(
    largest(network, (layer, index) => {
      const { inputs, outputs } = gradients[index]!;
      return Math.max(kernels.packedBytes(rows(layer, index), outputs), kernels.packedBytes(outputs, inputs));
    }),
  );
  const onesCount = largest(network, rows);
  const ones = kernels.allocate(4 * onesCount);
  kernels.f32(ones, onesCount).fill(1);
  return { ...forward, gradients, deltas, transposed, packedDelta, ones };
}

/** From the last deltas (d loss / d output of `count` samples) to the gradients of all parameters, after runForward of the same samples. */
export function runBackward(space: BackwardSpace, count: number): void {
  const { kernels, network, values, deltas } = space;
  for (let index = network.layers.length - 1; index >= 0; index--) {
    const layer = network.layers[index]!;
    if ('activation' in layer) {
      const length = count * sizeOf(network.shapes[index + 1]!);
      activateBackward(kernels.f32(deltas[index + 1]!, length), kernels.f32(values[index + 1]!, length), layer.activation);
    }
    if (layer.kind === 'linear') backwardLinear(space, index, count);
    else if (layer.kind === 'lstm') backwardRecurrent(space, index, layer, count);
    else if (layer.kind === 'convolution') backwardConvolution(space, index, layer, count);
    else if (layer.kind === 'pool' && deltas[index] !== 0) backwardPool(space, index, layer, count);
  }
}

function backwardLinear(space: BackwardSpace, index: number, count: number): void {
  const { kernels, parameters, gradients, values, deltas, transposed, packedDelta, ones } = space;
  const { inputs, outputs, weights } = parameters[index]!;
  const delta = deltas[index + 1]!;
  kernels.transpose(transposed, values[index]!, count, inputs);
  kernels.pack(packedDelta, delta, count, outputs, outputs);
  kernels.gemm(gradients[index]!.weights, transposed, packedDelta, inputs, count, outputs, outputs, count, false);
  kernels.gemm(gradients[index]!.bias, ones, packedDelta, 1, count, outputs, outputs, count, false);
  if (deltas[index] === 0) return;
  kernels.packTransposed(packedDelta, weights, outputs, inputs, outputs);
  kernels.gemm(deltas[index]!, delta, packedDelta, count, outputs, inputs, inputs, outputs, false);
}

/** Gradients of the weights alone: a recurrent layer comes first in a network. */
function backwardRecurrent(space: BackwardSpace, index: number, layer: LstmLayer, count: number): void {
  const { kernels, parameters, gradients, deltas, transposed, packedDelta, ones, recurrent } = space;
  const { inputs, outputs, weights } = parameters[index]!;
  const own = recurrent.get(layer)!;
  kernels.packTransposed(packedDelta, weights, outputs, inputs, outputs);
  backwardLstm(kernels, layer, own, packedDelta, deltas[index + 1]!, count);
  const rows = count * layer.steps;
  kernels.transpose(transposed, own.joined, rows, inputs);
  kernels.pack(packedDelta, own.deltas, rows, outputs, outputs);
  kernels.gemm(gradients[index]!.weights, transposed, packedDelta, inputs, rows, outputs, outputs, rows, false);
  kernels.gemm(gradients[index]!.bias, ones, packedDelta, 1, rows, outputs, outputs, rows, false);
}

function backwardConvolution(
  space: BackwardSpace,
  index: number,
  layer: Extract<Layer, { kind: 'convolution' }>,
  count: number,
): void {
  const { kernels, network, parameters, gradients, values, deltas, windows, transposed, packedDelta, ones } = space;
  const { inputs, outputs, weights } = parameters[index]!;
  const { pixels } = windowSize(network, index);
  const mapSize = sizeOf(network.shapes[index]!);
  for (let sample = 0; sample < count; sample++) {
    const delta = deltas[index + 1]! + 4 * sample * pixels * outputs;
    gatherWindows(space, index, layer, values[index]! + 4 * sample * mapSize);
    kernels.transpose(transposed, windows, pixels, inputs);
    kernels.pack(packedDelta, delta, pixels, outputs, outputs);
    kernels.gemm(gradients[index]!.weights, transposed, packedDelta, inputs, pixels, outputs, outputs, pixels, sample > 0);
    kernels.gemm(gradients[index]!.bias, ones, packedDelta, 1, pixels, outputs, outputs, pixels, sample > 0);
  }
  if (deltas[index] === 0) return;
  kernels.f32(deltas[index]!, count * mapSize).fill(0);
  kernels.packTransposed(packedDelta, weights, outputs, inputs, outputs);
  for (let sample = 0; sample < count; sample++) {
    const delta = deltas[index + 1]! + 4 * sample * pixels * outputs;
    kernels.gemm(windows, delta, packedDelta, pixels, outputs, inputs, inputs, outputs, false);
    scatterWindows(space, index, layer, deltas[index]! + 4 * sample * mapSize);
  }
}

/** Adjoint of gatherWindows: adds the scratch `windows` into the map at `map`. */
function scatterWindows(
  { kernels, network, windows }: BackwardSpace,
  index: number,
  layer: Extract<Layer, { kind: 'convolution' }>,
  map: number,
): void {
  const [height, width, channels] = network.shapes[index] as readonly [number, number, number];
  const [rows, columns] = network.shapes[index + 1] as readonly [number, number, number];
  const { kernel, stride, pad, dilation } = layer;
  const window = [kernel[0], kernel[1], stride[0], stride[1], pad[0], pad[1], dilation] as const;
  kernels.col2im(map, windows, height, width, channels, ...window, rows, columns);
}

function backwardPool(space: BackwardSpace, index: number, layer: PoolGeometry['layer'], count: number): void {
  const { kernels, network, deltas, picks } = space;
  const [input, output] = [network.shapes[index]!, network.shapes[index + 1]!];
  const [inputSize, outputSize] = [sizeOf(input), sizeOf(output)];
  kernels.f32(deltas[index]!, count * inputSize).fill(0);
  for (let sample = 0; sample < count; sample++) {
    const map = kernels.f32(deltas[index]! + 4 * sample * inputSize, inputSize);
    const gradient = kernels.f32(deltas[index + 1]! + 4 * sample * outputSize, outputSize);
    poolBackward(map, kernels.i32(picks[index]! + 4 * sample * outputSize, outputSize), gradient, { layer, input, output });
  }
}

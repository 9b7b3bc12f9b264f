import type { Kernels } from '../../numeric/kernels.ts';
import { streamKey } from '../../numeric/philox.ts';
import { purposes } from '../../numeric/purposes.ts';
import { leakySlope } from '../activations.ts';
import { windowCount } from '../shapes.ts';
import type { GraphNode, Operation, Sliding } from './graph.ts';
import { elementsOf } from './rearrange.ts';

/** A value that a layer makes or takes. */
export interface LayerValue {
  readonly name: string;
  readonly shape: readonly number[];
}

/** A layer that does not fit the value it gets; becomes an issue at its place in the file. */
export class LayerMisfit extends Error {
  readonly found: string;
  readonly expected: string;
  constructor(found: string, expected: string) {
    super(`${found}; want ${expected}`);
    this.name = 'LayerMisfit';
    this.found = found;
    this.expected = expected;
  }
}

export const describeLayerShape = (shape: readonly number[]): string => shape.join('x');

/** More weights than this are a mistake in the file: a gigabyte. */
const mostWeights = 2 ** 28;

/** Collects the nodes of a network; weights are drawn by layer, so that one layer's size does not change another's draws. */
export interface GraphLayers {
  readonly nodes: GraphNode[];
  /** A node of this layer; the first has its name, the others a part behind it. */
  add(layer: string, part: string, inputs: readonly LayerValue[], shape: readonly number[], operation: Operation): LayerValue;
  /** `variance` x uniform draws of unit variance. */
  weights(layer: string, count: number, variance: number): Float32Array;
}

/** Draws at a time; whole counters. */
const mostDrawn = 2 ** 16;

/** `count` weights of a layer: uniform, of this variance, from the stream of its number. */
export type DrawWeights = (count: number, variance: number, seed: number, layer: number) => Float32Array;

export const uniformWeights =
  (kernels: Kernels): DrawWeights =>
  (count, variance, seed, layer) => {
    const { key0, key1 } = streamKey(seed, purposes.initialisation);
    const scale = 2 * Math.sqrt(3 * variance);
    const out = new Float32Array(count);
    const mark = kernels.mark();
    const pointer = kernels.allocate(4 * Math.min(count, mostDrawn));
    for (let from = 0; from < count; from += mostDrawn) {
      const drawn = Math.min(mostDrawn, count - from);
      kernels.uniforms(pointer, drawn, key0, key1, from / 4, 0, layer, 0);
      const uniforms = kernels.f32(pointer, drawn);
      for (let at = 0; at < drawn; at++) out[from + at] = scale * (uniforms[at]! - 0.5);
    }
    kernels.release(mark);
    return out;
  };

export function createGraphLayers(seed: number, draw: DrawWeights): GraphLayers {
  const nodes: GraphNode[] = [];
  let [drawn, total] = [0, 0];
  return {
    nodes,
    add: (layer, part, inputs, shape, operation) => {
      const name = part === '' ? layer : `${layer}.${part}`;
      nodes.push({ name, inputs: inputs.map((input) => input.name), shape, operation });
      return { name, shape };
    },
    weights: (layer, count, variance) => {
      total += count;
      if (total > mostWeights) throw new LayerMisfit(`${total} weights up to ${layer}`, `at most ${mostWeights} in a network`);
      return draw(count, variance, seed, drawn++);
    },
  };
}

export type LayerActivation = 'none' | 'relu' | 'leaky-relu' | 'sigmoid' | 'tanh' | 'gelu';

const unaryOf = { relu: 'relu', 'leaky-relu': 'leaky', sigmoid: 'sigmoid', tanh: 'tanh', gelu: 'gelu' } as const;

export function activate(
  graph: GraphLayers,
  layer: string,
  input: LayerValue,
  name: LayerActivation,
  part: string = name,
): LayerValue {
  if (name === 'none') return input;
  const slope = name === 'leaky-relu' ? { slope: leakySlope } : {};
  return graph.add(layer, part, [input], input.shape, { kind: 'unary', function: unaryOf[name], ...slope });
}

/** Variance 2 / inputs before something that rectifies (He 2015), else 1 / inputs. */
const startingVariance = (inputs: number, activation: LayerActivation): number =>
  (activation === 'none' || activation === 'sigmoid' || activation === 'tanh' ? 1 : 2) / inputs;

export function flatten(graph: GraphLayers, layer: string, input: LayerValue): LayerValue {
  return input.shape.length === 1 ? input : graph.add(layer, 'flatten', [input], [elementsOf(input.shape)], { kind: 'reshape' });
}

export function linear(
  graph: GraphLayers,
  layer: string,
  input: LayerValue,
  { outputs, bias, activation, part = '' }: { outputs: number; bias: boolean; activation: LayerActivation; part?: string },
): LayerValue {
  const inputs = input.shape.at(-1)!;
  const weights = graph.weights(layer, inputs * outputs, startingVariance(inputs, activation));
  const operation = { kind: 'linear', inputs, outputs, weights, bias: bias ? new Float32Array(outputs) : undefined } as const;
  const made = graph.add(layer, part, [input], [...input.shape.slice(0, -1), outputs], operation);
  return activate(graph, layer, made, activation);
}

export function mapOf({ shape }: LayerValue): readonly [number, number, number] {
  if (shape.length !== 3) throw new LayerMisfit(`an input of ${describeLayerShape(shape)}`, 'a map of height x width x channels');
  return shape as readonly [number, number, number];
}

/** Positions of a window on a map. */
export function windowSizes(input: LayerValue, { kernel, stride, pad, dilation }: Sliding): readonly [number, number] {
  const [height, width] = mapOf(input);
  const [padded, across] = [height + pad[0] + pad[2], width + pad[1] + pad[3]];
  const sizes = [
    windowCount(padded, kernel[0], stride[0], dilation),
    windowCount(across, kernel[1], stride[1], dilation),
  ] as const;
  if (sizes.some((size) => size < 1))
    throw new LayerMisfit(`a kernel of ${describeLayerShape(kernel)}`, `one that fits the padded input of ${padded}x${across}`);
  return sizes;
}

export function convolution(
  graph: GraphLayers,
  layer: string,
  input: LayerValue,
  sliding: Sliding,
  { channels, groups, bias, activation }: { channels: number; groups: number; bias: boolean; activation: LayerActivation },
): LayerValue {
  const inChannels = mapOf(input)[2];
  if (inChannels % groups !== 0 || channels % groups !== 0)
    throw new LayerMisfit(`${groups} groups of ${inChannels} to ${channels} channels`, 'channel counts divisible by the groups');
  const inputs = (sliding.kernel[0] * sliding.kernel[1] * inChannels) / groups;
  const weights = graph.weights(layer, inputs * channels, startingVariance(inputs, activation));
  const made = graph.add(layer, '', [input], [...windowSizes(input, sliding), channels], {
    ...{ kind: 'convolution', ...sliding, groups, inChannels, outChannels: channels, weights },
    bias: bias ? new Float32Array(channels) : undefined,
  });
  return activate(graph, layer, made, activation);
}

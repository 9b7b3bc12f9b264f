import type { Layer, Network } from './layer-graph.ts';

/** Why a layer cannot follow a shape, in the words of an Issue. */
export interface ShapeProblem {
  readonly found: string;
  readonly expected: string;
}

export const sizeOf = (shape: readonly number[]): number => shape.reduce((product, length) => product * length, 1);

/** `28x28x1` */
export const describeShape = (shape: readonly number[]): string => shape.join('x');

/** Output length of a window of `kernel` cells (`dilation` apart) moved by `stride` over `length` cells. */
export const windowCount = (length: number, kernel: number, stride: number, dilation = 1): number =>
  Math.floor((length - dilation * (kernel - 1) - 1) / stride) + 1;

/** Shape after `layer` when it gets `input`; a ShapeProblem when it cannot. */
export function outputShape(layer: Layer, input: readonly number[]): readonly number[] | ShapeProblem {
  switch (layer.kind) {
    case 'flatten':
      return [sizeOf(input)];
    case 'lstm':
      if (input.length !== 3 || sizeOf(input) !== layer.steps * layer.inputs || input[0]! % layer.steps !== 0)
        return {
          found: `an input of ${describeShape(input)}`,
          expected: `a map of whole rows in ${layer.steps} steps of ${layer.inputs} values`,
        };
      return [layer.units];
    case 'linear':
      if (input.length !== 1 || input[0] !== layer.inputs)
        return { found: describeShape(input), expected: `a vector of ${layer.inputs} features` };
      return [layer.outputs];
    case 'convolution': {
      const [height, width, channels] = input;
      if (height === undefined || width === undefined || channels !== layer.inChannels)
        return notAMap(input, `${layer.inChannels}`);
      const [top, left, bottom, right] = layer.pad;
      return mapShape(layer, [height + top + bottom, width + left + right], layer.dilation, layer.outChannels);
    }
    case 'pool': {
      const [height, width, channels] = input;
      if (height === undefined || width === undefined || channels === undefined) return notAMap(input, 'any number of');
      return mapShape(layer, [height, width], 1, channels);
    }
  }
}

const notAMap = (input: readonly number[], channels: string): ShapeProblem => ({
  found: `an input of ${describeShape(input)}`,
  expected: `a map of height x width x channels with ${channels} channels`,
});

function mapShape(
  layer: { readonly kernel: readonly [number, number]; readonly stride: readonly [number, number] },
  [height, width]: readonly [number, number],
  dilation: number,
  channels: number,
): readonly number[] | ShapeProblem {
  const rows = windowCount(height, layer.kernel[0], layer.stride[0], dilation);
  const columns = windowCount(width, layer.kernel[1], layer.stride[1], dilation);
  if (rows >= 1 && columns >= 1) return [rows, columns, channels];
  const window = dilation === 1 ? '' : ` with dilation ${dilation}`;
  return {
    found: `a kernel of ${describeShape(layer.kernel)}${window}`,
    expected: `one that fits the padded input of ${height}x${width}`,
  };
}

export const isShape = (result: readonly number[] | ShapeProblem): result is readonly number[] => Array.isArray(result);

/** `shapes` of a Network: the input shape of each layer, then the output shape. Throws RangeError naming the layer that does not fit. */
export function inferShapes(inputShape: readonly number[], layers: readonly Layer[]): readonly (readonly number[])[] {
  const shapes = [inputShape];
  for (const layer of layers) {
    const next = outputShape(layer, shapes.at(-1)!);
    if (!isShape(next)) throw new RangeError(`${layer.name} has ${next.found}; want ${next.expected}`);
    shapes.push(next);
  }
  return shapes;
}

/** Number of weights and of biases of a layer: [inputs, outputs] of its matrix; [0, 0] without one. */
export function matrixShape(layer: Layer): readonly [inputs: number, outputs: number] {
  if (layer.kind === 'linear') return [layer.inputs, layer.outputs];
  if (layer.kind === 'convolution') return [layer.kernel[0] * layer.kernel[1] * layer.inChannels, layer.outChannels];
  if (layer.kind === 'lstm') return [layer.inputs + layer.units, 4 * layer.units];
  return [0, 0];
}

/** Weights and biases of the whole network. */
export const parameterCount = (network: Network): number =>
  network.layers.reduce((sum, layer) => {
    const [inputs, outputs] = matrixShape(layer);
    return sum + inputs * outputs + ('bias' in layer && layer.bias ? outputs : 0);
  }, 0);

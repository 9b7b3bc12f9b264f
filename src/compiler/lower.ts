import type { Activation, Layer, LayerParameters, Network, NetworkParameters } from '../network/layer-graph.ts';

/** A layer that becomes analog matrix-vector products. */
export interface MatrixStage {
  readonly kind: 'matrix';
  readonly name: string;
  /** Index of its layer in the network. */
  readonly layer: number;
  /** Inputs and outputs of the matrix; weights are input-major, rows x columns. */
  readonly rows: number;
  readonly columns: number;
  readonly weights: Float32Array;
  readonly bias: Float32Array | undefined;
  readonly activation: Activation;
  /** Present for a convolution: vectors are the im2col rows of the input map. */
  readonly window: StageWindow | undefined;
  /** Vectors per sample: output pixels, or 1. */
  readonly vectors: number;
  readonly inputElements: number;
  readonly outputElements: number;
  /** The last row is a bias that the tile drives with 1; vectors are one element shorter (training with analog biases). */
  readonly constantRow?: boolean;
  /** Present for a recurrence: one vector a step, of input and state joined. */
  readonly recurrent?: { readonly steps: number; readonly inputs: number; readonly units: number };
}

export interface PoolStage {
  readonly kind: 'pool';
  readonly name: string;
  readonly function: 'max' | 'average';
  readonly window: StageWindow;
  /** Output pixels. */
  readonly vectors: number;
  readonly inputElements: number;
  readonly outputElements: number;
}

/** Geometry of a window descriptor; channels-last. */
export interface StageWindow {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly kernelHeight: number;
  readonly kernelWidth: number;
  readonly strideY: number;
  readonly strideX: number;
  readonly padTop: number;
  readonly padLeft: number;
  readonly padBottom: number;
  readonly padRight: number;
  readonly dilation: number;
}

export type Stage = MatrixStage | PoolStage;

const elementsOf = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1);

function shapeAt(network: Network, index: number): readonly number[] {
  const shape = network.shapes[index];
  if (shape === undefined) throw new RangeError(`network ${network.name} has no shape ${index}; want one per layer and one more`);
  return shape;
}

/** Shapes and parameters around one layer. */
interface Surroundings {
  readonly index: number;
  readonly inputShape: readonly number[];
  readonly outputShape: readonly number[];
  readonly own: LayerParameters;
}

/** Map shapes are [height, width, channels]; a vector is a map of one pixel. */
const pixelsOf = (shape: readonly number[]): number => (shape.length === 3 ? shape[0]! * shape[1]! : 1);

function lowerLayer(layer: Layer, { index, inputShape, outputShape, own }: Surroundings): readonly Stage[] {
  const sizes = {
    vectors: pixelsOf(outputShape),
    inputElements: elementsOf(inputShape),
    outputElements: elementsOf(outputShape),
  };
  switch (layer.kind) {
    case 'flatten':
      return [];
    case 'lstm': {
      const { name, inputs, units, steps } = layer;
      const matrix = { ...({ kind: 'matrix', name, activation: 'none', window: undefined } as const), layer: index, ...own };
      return [
        { ...matrix, rows: inputs + units, columns: 4 * units, ...sizes, vectors: steps, recurrent: { steps, inputs, units } },
      ];
    }
    case 'linear':
      return [{ ...matrixOf(layer, index, own), rows: layer.inputs, columns: layer.outputs, window: undefined, ...sizes }];
    case 'convolution': {
      const window = windowOf(inputShape, layer);
      const rows = window.kernelHeight * window.kernelWidth * window.channels;
      return [{ ...matrixOf(layer, index, own), rows, columns: layer.outChannels, window, ...sizes }];
    }
    case 'pool': {
      const window = windowOf(inputShape, { ...layer, pad: [0, 0, 0, 0], dilation: 1 });
      return [{ kind: 'pool', name: layer.name, function: layer.function, window, ...sizes }];
    }
  }
}

function matrixOf({ name, bias, activation }: Extract<Layer, { activation: Activation }>, layer: number, own: LayerParameters) {
  return { kind: 'matrix', name, layer, weights: own.weights, bias: bias ? own.bias : undefined, activation } as const;
}

type Sliding = Pick<Extract<Layer, { kind: 'convolution' }>, 'kernel' | 'stride' | 'pad' | 'dilation'>;

function windowOf(
  [height = 1, width = 1, channels = 1]: readonly number[],
  { kernel, stride, pad, dilation }: Sliding,
): StageWindow {
  const [padTop, padLeft, padBottom, padRight] = pad;
  return {
    ...{ height, width, channels, padTop, padLeft, padBottom, padRight, dilation },
    kernelHeight: kernel[0],
    kernelWidth: kernel[1],
    strideY: stride[0],
    strideX: stride[1],
  };
}

/** Network layers to stages of the machine: flatten disappears (maps are channels-last already), the rest maps one to one. */
export function lower(network: Network, parameters: NetworkParameters): readonly Stage[] {
  return network.layers.flatMap((layer, index) =>
    lowerLayer(layer, {
      index,
      inputShape: shapeAt(network, index),
      outputShape: shapeAt(network, index + 1),
      own: parameters[index] ?? { weights: new Float32Array(), bias: new Float32Array() },
    }),
  );
}

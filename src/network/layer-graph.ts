/** Networks as plain data. Maps are channels-last: [height, width, channels]; vectors are [features]. */
export type Activation = 'none' | 'relu' | 'leaky-relu' | 'sigmoid' | 'tanh';

export type Layer =
  | {
      readonly kind: 'linear';
      readonly name: string;
      readonly inputs: number;
      readonly outputs: number;
      readonly bias: boolean;
      readonly activation: Activation;
    }
  | {
      readonly kind: 'convolution';
      readonly name: string;
      readonly inChannels: number;
      readonly outChannels: number;
      readonly kernel: readonly [number, number];
      readonly stride: readonly [number, number];
      /** top, left, bottom, right */
      readonly pad: readonly [number, number, number, number];
      readonly dilation: number;
      readonly bias: boolean;
      readonly activation: Activation;
    }
  | {
      readonly kind: 'pool';
      readonly name: string;
      readonly function: 'max' | 'average';
      readonly kernel: readonly [number, number];
      readonly stride: readonly [number, number];
    }
  /** Rows of a map one or some after the other, `steps` of `inputs` values; the state after the last goes on. It always has biases. */
  | {
      readonly kind: 'lstm';
      readonly name: string;
      readonly inputs: number;
      readonly units: number;
      readonly steps: number;
      readonly bias: true;
    }
  | { readonly kind: 'flatten'; readonly name: string };

/** A chain of layers (issue 7 makes it a graph); `shapes[i]` is the input shape of layer i, the last entry the output shape. */
export interface Network {
  readonly name: string;
  readonly inputShape: readonly number[];
  readonly layers: readonly Layer[];
  readonly shapes: readonly (readonly number[])[];
  readonly loss: 'cross-entropy' | 'mse';
}

/**
 * Parameters of a network, one entry per layer (empty arrays for layers without).
 * lstm: weights[(inputs + units) x (input, forget, output gate, candidate)];
 * linear: weights[inputs x outputs]; convolution: weights[(kh * kw * inChannels) x outChannels]: input-major, as tiles hold them.
 */
export interface LayerParameters {
  readonly weights: Float32Array;
  readonly bias: Float32Array;
}
export type NetworkParameters = readonly LayerParameters[];

/** Images as u8 codes; value = code * unit. Channels-last, one image after the other. */
export interface DataSet {
  readonly name: string;
  readonly shape: readonly number[];
  readonly classes: number;
  readonly unit: number;
  readonly images: Uint8Array;
  readonly labels: Uint8Array;
  readonly count: number;
  /** sha-256 of images and labels, hex. */
  readonly digest: string;
}

import type { Kernels } from '../numeric/kernels.ts';
import { allocateBackward, type BackwardOptions, runBackward } from './backward-pass.ts';
import { allocateForward, runForward } from './forward-pass.ts';
import type { Network, NetworkParameters } from './layer-graph.ts';
import { batchLoss } from './loss.ts';
import { loadParameters, storeParameters } from './resident-parameters.ts';
import { sizeOf } from './shapes.ts';
import { withScratch } from './with-scratch.ts';

/** What the float network made of a batch. */
export interface ForwardResult {
  /** [count x outputs] */
  readonly outputs: Float32Array;
  /** Output of each layer [count x size], after its activation; only when asked for. */
  readonly activations?: readonly Float32Array[];
}

/** Loss and gradients of a batch. */
export interface GradientResult {
  /** Mean over the batch. */
  readonly loss: number;
  /** d(mean loss) / d(parameter), shaped like the parameters. */
  readonly gradients: NetworkParameters;
  /** d(mean loss) / d(output of layer i before its activation), [count x size]; of a recurrent layer all gates [steps x count x 4 units]. */
  readonly deltas: readonly Float32Array[];
  /** d(mean loss) / d(input) when asked for. */
  readonly inputGradient?: Float32Array;
}

/**
 * Float reference of a batch: `inputs` is [count x input size], channels-last. The standard that the machine is held against.
 * Throws RangeError when sizes do not match.
 */
export function forward(
  kernels: Kernels,
  network: Network,
  parameters: NetworkParameters,
  inputs: Float32Array,
  options: { readonly activations?: boolean } = {},
): ForwardResult {
  const count = countSamples(network, inputs);
  return withScratch(kernels, () => {
    const space = allocateForward(kernels, network, count);
    loadParameters(kernels, network, space.parameters, parameters);
    kernels.f32(space.values[0]!, inputs.length).set(inputs);
    runForward(space, count);
    const copy = (index: number): Float32Array =>
      kernels.f32(space.values[index]!, count * sizeOf(network.shapes[index]!)).slice();
    const outputs = copy(network.layers.length);
    const activations = options.activations === true ? network.layers.map((_, index) => copy(index + 1)) : undefined;
    return activations === undefined ? { outputs } : { outputs, activations };
  });
}

/** Float gradients of the network's own loss for a batch and its labels. Throws RangeError when sizes do not match. */
export function gradients(
  kernels: Kernels,
  network: Network,
  parameters: NetworkParameters,
  inputs: Float32Array,
  labels: Uint8Array,
  options: BackwardOptions = {},
): GradientResult {
  const count = countSamples(network, inputs);
  if (labels.length !== count) throw new RangeError(`labels hold ${labels.length} values; want ${count}, one a sample`);
  return withScratch(kernels, () => {
    const space = allocateBackward(kernels, network, count, options);
    loadParameters(kernels, network, space.parameters, parameters);
    kernels.f32(space.values[0]!, inputs.length).set(inputs);
    runForward(space, count);
    const last = network.layers.length;
    const classes = sizeOf(network.shapes[last]!);
    const view = (pointers: readonly number[], index: number): Float32Array =>
      kernels.f32(pointers[index]!, count * sizeOf(network.shapes[index]!));
    const { sum } = batchLoss(network.loss, view(space.values, last), labels, classes, view(space.deltas, last));
    runBackward(space, count);
    const deltas = network.layers.map((layer, index) =>
      layer.kind === 'lstm'
        ? kernels.f32(space.recurrent.get(layer)!.deltas, count * layer.steps * 4 * layer.units).slice()
        : space.deltas[index + 1] === 0
          ? new Float32Array(0)
          : view(space.deltas, index + 1).slice(),
    );
    const result = { loss: sum / count, gradients: storeParameters(kernels, space.gradients), deltas };
    const inputGradient = options.inputGradient === true ? view(space.deltas, 0).slice() : undefined;
    return inputGradient === undefined ? result : { ...result, inputGradient };
  });
}

function countSamples(network: Network, inputs: Float32Array): number {
  const size = sizeOf(network.inputShape);
  if (inputs.length === 0 || inputs.length % size !== 0) {
    throw new RangeError(`inputs hold ${inputs.length} values; want a positive multiple of ${size}`);
  }
  return inputs.length / size;
}

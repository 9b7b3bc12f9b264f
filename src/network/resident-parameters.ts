import type { Kernels } from '../numeric/kernels.ts';
import type { Network, NetworkParameters } from './layer-graph.ts';
import { matrixShape } from './shapes.ts';

/** Parameters of one layer in kernel memory. Weights and bias are one block of `count` values, bias last. */
export interface ResidentLayer {
  readonly inputs: number;
  readonly outputs: number;
  readonly weights: number;
  readonly bias: number;
  /** Weights and, where the layer has one, bias: what an optimiser updates. */
  readonly count: number;
}
export type ResidentParameters = readonly ResidentLayer[];

/** Room for the parameters of `network` (or for anything of their shape), zeroed. A layer without bias keeps a bias of zeros. */
export function allocateParameters(kernels: Kernels, network: Network): ResidentParameters {
  return network.layers.map((layer) => {
    const [inputs, outputs] = matrixShape(layer);
    const weights = kernels.allocate(4 * (inputs + 1) * outputs);
    const count = inputs * outputs + ('bias' in layer && layer.bias ? outputs : 0);
    return { inputs, outputs, weights, bias: weights + 4 * inputs * outputs, count };
  });
}

/** Copies parameters into kernel memory. Throws RangeError naming the layer whose size differs. */
export function loadParameters(
  kernels: Kernels,
  network: Network,
  resident: ResidentParameters,
  parameters: NetworkParameters,
): void {
  if (parameters.length !== network.layers.length) {
    throw new RangeError(`parameters hold ${parameters.length} layers; want ${network.layers.length}`);
  }
  for (const [index, { inputs, outputs, weights, bias, count }] of resident.entries()) {
    const given = parameters[index]!;
    const biases = count - inputs * outputs;
    if (given.weights.length !== inputs * outputs || (given.bias.length !== biases && given.bias.length !== 0)) {
      const name = network.layers[index]!.name;
      const found = `${given.weights.length} weights and ${given.bias.length} biases`;
      throw new RangeError(`${name} has ${found}; want ${inputs * outputs} and ${biases}`);
    }
    kernels.f32(weights, inputs * outputs).set(given.weights);
    kernels.f32(bias, outputs).fill(0);
    kernels.f32(bias, given.bias.length).set(given.bias);
  }
}

/** A copy of the parameters outside kernel memory. */
export function storeParameters(kernels: Kernels, resident: ResidentParameters): NetworkParameters {
  return resident.map(({ inputs, outputs, weights, bias, count }) => ({
    weights: kernels.f32(weights, inputs * outputs).slice(),
    bias: kernels.f32(bias, count - inputs * outputs).slice(),
  }));
}

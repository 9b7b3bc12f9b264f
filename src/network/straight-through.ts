import type { Kernels } from '../numeric/kernels.ts';
import type { ResidentParameters } from './resident-parameters.ts';

/** Changes a layer's weights in place for one mini-batch; `step` counts mini-batches from 0. */
export type Perturb = (weights: Float32Array, layer: number, step: number) => void;

/** Swaps perturbed weights in for a mini-batch and the clean ones back for the update. */
export interface StraightThrough {
  perturb(step: number): void;
  restore(): void;
}

/**
 * Noise injection with straight-through gradients (Joshi 2020): forward and backward see the perturbed weights, the gradient is applied
 * to the clean ones. Biases stay. Allocates room for a copy of the weights.
 */
export function straightThrough(kernels: Kernels, parameters: ResidentParameters, perturb: Perturb): StraightThrough {
  const copies = parameters.map(({ inputs, outputs }) => kernels.allocate(4 * inputs * outputs));
  const views = (layer: number): readonly [weights: Float32Array, copy: Float32Array] => {
    const { weights, inputs, outputs } = parameters[layer]!;
    return [kernels.f32(weights, inputs * outputs), kernels.f32(copies[layer]!, inputs * outputs)];
  };
  return {
    perturb(step) {
      for (const layer of parameters.keys()) {
        const [weights, copy] = views(layer);
        copy.set(weights);
        if (weights.length > 0) perturb(weights, layer, step);
      }
    },
    restore() {
      for (const layer of parameters.keys()) {
        const [weights, copy] = views(layer);
        weights.set(copy);
      }
    },
  };
}

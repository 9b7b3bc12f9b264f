import type { Kernels } from '../numeric/kernels.ts';
import type { LayerParameters } from './layer-graph.ts';
import type { ResidentParameters } from './resident-parameters.ts';

/** Root mean square of values. */
export function rootMeanSquare(values: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]! * values[i]!;
  return Math.sqrt(sum / Math.max(1, values.length));
}

/**
 * Clips the weights of each layer to +-`sigma` of that layer's own deviation (about zero). Cells have a bounded conductance, so the largest
 * weight sets the scale of all others: a bounded layer uses the window better (Joshi 2020). Biases stay.
 */
export function clipWeights(kernels: Kernels, parameters: ResidentParameters, sigma: number): void {
  for (const { weights, inputs, outputs } of parameters) {
    const values = kernels.f32(weights, inputs * outputs);
    const limit = sigma * rootMeanSquare(values);
    for (let i = 0; i < values.length; i++) {
      values[i] = Math.min(limit, Math.max(-limit, values[i]!));
    }
  }
}

/** max |w| / rms of a layer's weights: how much of a bounded conductance window the typical weight leaves unused. 0 without weights. */
export function crestFactor({ weights }: LayerParameters): number {
  const peak = weights.reduce((maximum, weight) => Math.max(maximum, Math.abs(weight)), 0);
  return peak === 0 ? 0 : peak / rootMeanSquare(weights);
}

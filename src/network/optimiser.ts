import type { Kernels } from '../numeric/kernels.ts';
import type { ResidentParameters } from './resident-parameters.ts';

export type OptimiserKind =
  | { readonly kind: 'sgd' }
  | { readonly kind: 'momentum'; readonly momentum: number }
  | { readonly kind: 'adam'; readonly beta1: number; readonly beta2: number; readonly epsilon: number };

/** Adam with the constants of its paper (Kingma and Ba 2015). */
export const adam: OptimiserKind = { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };

/** Updates the parameters from their gradients. `decay` pulls weights and biases towards zero, apart from the gradient (Loshchilov 2019). */
export type OptimiserStep = (rate: number, decay: number) => void;

/** An optimiser over resident parameters; its moments live in kernel memory and are allocated here. */
export function createOptimiser(
  kernels: Kernels,
  kind: OptimiserKind,
  parameters: ResidentParameters,
  gradients: ResidentParameters,
): OptimiserStep {
  const moments = (): readonly number[] => parameters.map(({ count }) => kernels.allocate(4 * count));
  const views = (pointers: readonly number[], layer: number): Float32Array =>
    kernels.f32(pointers[layer]!, parameters[layer]!.count);
  const each = (update: (weights: Float32Array, gradient: Float32Array, layer: number) => void): void => {
    for (const [layer, { weights, count }] of parameters.entries()) {
      if (count > 0) update(kernels.f32(weights, count), kernels.f32(gradients[layer]!.weights, count), layer);
    }
  };
  switch (kind.kind) {
    case 'sgd':
      return (rate, decay) => each((weights, gradient) => descend(weights, gradient, rate, decay));
    case 'momentum': {
      const velocities = moments();
      return (rate, decay) =>
        each((weights, gradient, layer) => {
          const velocity = views(velocities, layer);
          for (let i = 0; i < velocity.length; i++) velocity[i] = kind.momentum * velocity[i]! + gradient[i]!;
          descend(weights, velocity, rate, decay);
        });
    }
    case 'adam': {
      const [first, second] = [moments(), moments()];
      let steps = 0;
      return (rate, decay) => {
        steps++;
        const correction = { first: 1 / (1 - kind.beta1 ** steps), second: 1 / (1 - kind.beta2 ** steps) };
        each((weights, gradient, layer) =>
          adamStep(weights, gradient, views(first, layer), views(second, layer), rate, decay, kind, correction),
        );
      };
    }
  }
}

function descend(weights: Float32Array, direction: Float32Array, rate: number, decay: number): void {
  const keep = 1 - rate * decay;
  for (let i = 0; i < weights.length; i++) weights[i] = keep * weights[i]! - rate * direction[i]!;
}

function adamStep(
  weights: Float32Array,
  gradient: Float32Array,
  first: Float32Array,
  second: Float32Array,
  rate: number,
  decay: number,
  { beta1, beta2, epsilon }: Extract<OptimiserKind, { kind: 'adam' }>,
  correction: { readonly first: number; readonly second: number },
): void {
  const keep = 1 - rate * decay;
  const stride = rate * correction.first;
  for (let i = 0; i < weights.length; i++) {
    const slope = gradient[i]!;
    const mean = beta1 * first[i]! + (1 - beta1) * slope;
    const square = beta2 * second[i]! + (1 - beta2) * slope * slope;
    first[i] = mean;
    second[i] = square;
    weights[i] = keep * weights[i]! - (stride * mean) / (Math.sqrt(square * correction.second) + epsilon);
  }
}

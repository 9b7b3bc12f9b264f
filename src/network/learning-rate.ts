/** How the learning rate falls over the training: by half a cosine to zero, by `factor` every `every` epochs, or not at all. */
export type Schedule =
  | { readonly kind: 'constant' }
  | { readonly kind: 'cosine' }
  | { readonly kind: 'step'; readonly every: number; readonly factor: number };

/** Factor on the base learning rate after `step` of `steps` optimiser steps, `stepsPerEpoch` of them an epoch. */
export function rateFactor(schedule: Schedule, step: number, steps: number, stepsPerEpoch: number): number {
  switch (schedule.kind) {
    case 'constant':
      return 1;
    case 'cosine':
      return 0.5 * (1 + Math.cos((Math.PI * step) / steps));
    case 'step':
      return schedule.factor ** Math.floor(step / (stepsPerEpoch * schedule.every));
  }
}

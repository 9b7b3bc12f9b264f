import type { Mapping } from '../sequence/issued-operation.ts';

/** Conductance window, S. */
export interface ConductanceWindow {
  readonly minS: number;
  readonly maxS: number;
}

/** How a normalised weight in [-1, 1] is held by cells, and how it is read back. */
export interface WeightMap {
  /** Target conductance of each device of the weight, S. */
  readonly targets: readonly ((weight: number) => number)[];
  /** Conductance difference that stands for weight 1, S. */
  readonly scaleS: number;
  /** Sign each device's current enters with. */
  readonly signs: readonly number[];
  /** Conductance a single device's reference has, S; subtracted by a reference column or digitally. */
  readonly middleS: number;
}

/**
 * one-sided pair: g+ = min + max(w, 0) D, g- = min + max(-w, 0) D; w = (g+ - g-) / D, with D = max - min
 * literal pair: g+ = max(w, 0) max, g- = max(-w, 0) max, neither below min; w = (g+ - g-) / max: the floor swallows small weights
 * balanced pair: g+- = middle +- w D / 2; w = (g+ - g-) / D
 * reference cell: g+ = middle + w D / 2, g- = middle until zero-shift; w = (g+ - g-) / (D / 2)
 * single device: g = middle + w D / 2; w = (g - reference) / (D / 2)
 */
export function weightMap(mapping: Mapping, window: ConductanceWindow): WeightMap {
  const { minS, maxS } = window;
  const span = maxS - minS;
  const middleS = (minS + maxS) / 2;
  const about = (sign: number) => (weight: number) => middleS + (sign * weight * span) / 2;
  switch (mapping) {
    case 'differential-pair':
      return {
        targets: [(weight) => minS + Math.max(weight, 0) * span, (weight) => minS + Math.max(-weight, 0) * span],
        scaleS: span,
        signs: [1, -1],
        middleS,
      };
    case 'literal-pair':
      return {
        targets: [(weight) => Math.max(weight * maxS, minS), (weight) => Math.max(-weight * maxS, minS)],
        scaleS: maxS,
        signs: [1, -1],
        middleS,
      };
    case 'balanced-pair':
      return { targets: [about(1), about(-1)], scaleS: span, signs: [1, -1], middleS };
    case 'reference-cell':
      return { targets: [about(1), () => middleS], scaleS: span / 2, signs: [1, -1], middleS };
    default:
      return { targets: [about(1)], scaleS: span / 2, signs: [1], middleS };
  }
}

import type { AlgorithmKind } from '../compiler/training/algorithm.ts';
import type { MeasuredActivity } from './measured-activity.ts';
import type { ReferenceEpoch } from './training-reference.ts';

/** What a compiled training program carries beyond the manifest of every program. */
export interface TrainingManifest {
  readonly algorithm: AlgorithmKind;
  readonly epochs: number;
  readonly batch: number;
  readonly learningRate: number;
  /** Training samples of an epoch. */
  readonly samples: number;
  /** Seed of the order that the host gives the training set before every epoch. */
  readonly orderSeed: number;
  readonly reference: readonly ReferenceEpoch[];
  /** Layers that learn: their groups. */
  readonly layers: readonly { readonly name: string; readonly group: number; readonly fast?: number }[];
  /** Means of the updates, for runs without values: where nothing was measured. */
  readonly updates: readonly UpdateStatistics[];
  /** What a calibration run measured; absent where it would take too long. */
  readonly calibration?: MeasuredTraining;
}

/** Statistics of a training run, measured on the first samples of the same training on another chip. */
export interface MeasuredTraining {
  /** Samples it learnt; where the training is longer, the last of them stand for the rest. */
  readonly samples: number;
  /** Mean activity of every epoch. */
  readonly epochs: readonly (readonly MeasuredActivity[])[];
}

/** Means over calibration vectors of what one OPU of a layer does, per vector. */
export interface UpdateStatistics {
  readonly group: number;
  /** Serial slots, sign phases included. */
  readonly slots: number;
  readonly pulses: number;
  readonly halfSelects: number;
  readonly linePulses: number;
  readonly trainBits: number;
}

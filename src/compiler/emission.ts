import type { Format } from '../../isa/limits.ts';
import type { ChipDescription } from '../chip/description.ts';
import type { PackedBiases } from './pack-biases.ts';
import type { PlacedMatrix } from './place.ts';
import type { Schedule } from './schedule.ts';

/** Hardware loop levels of an inference program; `step` is that of a sequence inside an image. */
export const loopLevels = { age: 0, batch: 1, image: 2, step: 3 } as const;

/** Address generators of one stage's output: by image inside the image loop, by batch outside it. */
export interface OutputGenerators {
  readonly image: number | undefined;
  readonly batch: number | undefined;
}

/** Where everything lies once scratchpad, DRAM and generators are laid out; what the emitters share. */
export interface Emission {
  readonly schedule: Schedule;
  readonly format: Format;
  readonly chip: ChipDescription;
  readonly loss: 'cross-entropy' | 'mse';
  readonly matrices: readonly PlacedMatrix[];
  readonly classes: number;
  readonly imagesDram: number;
  readonly labelsDram: number;
  readonly labels: number;
  readonly inputBatch: number;
  readonly inputImage: number | undefined;
  readonly outputs: readonly OutputGenerators[];
  readonly bias: (PackedBiases & { readonly base: number; readonly generator: number }) | undefined;
  readonly regions: {
    readonly layers: ReadonlyMap<string, number>;
    readonly load: number;
    readonly program: number;
    /** Absent where drift is not corrected. */
    readonly calibrate: number | undefined;
    readonly evaluate: number;
    /** Phase of the lone image. */
    readonly lone: number;
    readonly testSet: number;
  };
  /** First generator id nobody uses yet. */
  readonly nextGenerator: number;
}

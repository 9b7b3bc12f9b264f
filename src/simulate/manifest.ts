import type { ChipDescription } from '../chip/description.ts';
import type { TrainingManifest } from './training-manifest.ts';

/** A retention time at which the test set runs. */
export interface Age {
  readonly label: string;
  readonly seconds: number;
}

/** A number in use whose source is an assumption. */
export interface Assumption {
  readonly path: string;
  readonly value: string;
  readonly source: string;
}

/**
 * What a compiled program carries so that `simulate` repeats `run` byte for byte: the chip it was compiled for, seeds,
 * reference figures and declared statistics. Plain JSON inside the program file.
 */
export interface Manifest {
  readonly schema: 'ohmic.manifest/1';
  readonly name: string;
  readonly network: string;
  readonly chip: ChipDescription;
  readonly assumptions: readonly Assumption[];
  readonly seed: number;
  readonly chipSeeds: readonly number[];
  readonly samples: number;
  readonly dataDigest: string;
  /** Accuracy of the float reference on the same samples. */
  readonly referenceAccuracy: number;
  readonly ages: readonly Age[];
  /** 2 x multiply-accumulates of the network for one sample. */
  readonly operationsPerSample: number;
  /** Per group id, for runs without data. */
  readonly declared: readonly GroupStatistics[];
  readonly warnings: readonly string[];
  /** Present when the program trains. */
  readonly training?: TrainingManifest;
}

export interface GroupStatistics {
  readonly group: number;
  /** Mean |input| / full scale. */
  readonly inputActivity: number;
  /** Mean |weight| / full-scale weight. */
  readonly weightMean: number;
}

/** The manifest of a program, or undefined for hand-written ones and other versions. */
export function manifestOf(manifest: unknown): Manifest | undefined {
  const candidate = manifest as Partial<Manifest> | undefined;
  return candidate?.schema === 'ohmic.manifest/1' ? (candidate as Manifest) : undefined;
}

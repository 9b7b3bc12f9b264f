import type { TrainingReport } from './training-report.ts';

/** `ohmic.report/1`: what one simulation says, SI units. Everything but `run` is reproducible byte for byte. */
export interface Report {
  readonly schema: 'ohmic.report/1';
  readonly name: string;
  readonly fidelity: 'full' | 'values' | 'timing';
  readonly ending: string;
  /** Absent when the program evaluates nothing. Fractions, 0..1. */
  readonly accuracy?: {
    /** Float reference on the same samples. */
    readonly reference?: number;
    /** Mean over instances at the first age. */
    readonly simulated: number;
    readonly instances: number;
    readonly samples: number;
    readonly byAge: readonly AgeAccuracy[];
  };
  /** Absent at values fidelity, as are energy, power and efficiency. */
  readonly time?: {
    readonly seconds: number;
    readonly cycles: number;
    readonly byPhase: Readonly<Record<string, number>>;
    /** Evaluate-phase time over samples evaluated. */
    readonly secondsPerSample?: number;
    readonly samplesPerSecond?: number;
    /** One sample alone on the idle chip, from its transfer to its score: the program's `forward` phase. */
    readonly latencySeconds?: number;
    readonly busyByUnit: Readonly<Record<string, number>>;
  };
  readonly energy?: {
    readonly total: number;
    readonly dynamic: number;
    readonly leakage: number;
    readonly byComponent: Readonly<Record<string, number>>;
    readonly byPhase: Readonly<Record<string, number>>;
    readonly byLayer: Readonly<Record<string, number>>;
    /** Evaluate phase only, leakage of that time included, per sample. */
    readonly perSample?: {
      readonly total: number;
      /** With every cost model at its lowest and at its highest, see chip/model-spreads.ts. */
      readonly band?: { readonly minimum: number; readonly maximum: number };
      readonly byComponent: Readonly<Record<string, number>>;
      readonly byLayer: Readonly<Record<string, number>>;
    };
    /** Program phase. */
    readonly programming: number;
  };
  readonly area: { readonly total: number; readonly byComponent: Readonly<Record<string, number>> };
  readonly power?: {
    readonly average: number;
    readonly leakage: number;
    /** Whole program, leakage included; and the bound that each kind of unit has, see the definition. */
    readonly byComponent?: Readonly<Record<string, { readonly average: number; readonly peak: number }>>;
    readonly peakDefinition?: string;
    /** Energy over time of each phase. */
    readonly byPhase?: Readonly<Record<string, number>>;
    /** All tiles multiplying at once, inputs at a quarter of full scale and cells at mid-window: an upper bound for the tiles. */
    readonly allTilesBusy?: number;
    /** Idle power of what the chip is plugged into; no part of any total here. */
    readonly outsideChip?: { readonly host: number; readonly memory: number };
  };
  /** Energy x time of one sample, J s. */
  readonly energyDelay?: number;
  /** Arithmetic of the network (1 MAC = 2 operations) executed by the program's MVMs. */
  readonly operations?: { readonly total: number; readonly perSample?: number; readonly definition: string };
  readonly efficiency?: { readonly topsPerWatt: number; readonly tops: number; readonly definition: string };
  readonly activity: {
    readonly adcSaturations: number;
    readonly adcConversions: number;
    readonly retries: number;
    readonly pulses: number;
    readonly verifyReads: number;
    readonly failedCells: number;
    readonly instructions: number;
  };
  /** Present when the program trains. */
  readonly training?: TrainingReport;
  readonly assumptions: {
    readonly count: number;
    readonly items: readonly { readonly path: string; readonly value: string; readonly source: string }[];
  };
  readonly warnings: readonly string[];
  readonly provenance: {
    readonly version: string;
    readonly chip: string;
    readonly chipHash: string;
    readonly device: string;
    readonly programHash: string;
    readonly programWords: number;
    readonly dataDigest?: string;
    readonly seed: number;
    readonly chipSeeds: readonly number[];
  };
  readonly run: { readonly wallSeconds: number; readonly replayedFraction: number; readonly workers: number };
}

export interface AgeAccuracy {
  readonly label: string;
  readonly seconds: number;
  readonly accuracy: number;
  /** Standard deviation over instances and half-width of the 95 % interval of the mean; 0 with one instance. */
  readonly deviation: number;
  readonly interval95: number;
  readonly perInstance: readonly number[];
}

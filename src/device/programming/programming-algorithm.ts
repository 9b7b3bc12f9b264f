import type { CellDraws } from './cell-draws.ts';

/** What programming one cell came to. */
export interface Journey {
  pulses: number;
  verifyReads: number;
  restarts: number;
  /** Where the cell ended, S. */
  conductanceS: number;
  /** Whether the last verify read was content within the limit of pulses. */
  reached: boolean;
  /** Heat of the pulses, J. */
  joules: number;
}

export const newJourney = (): Journey => ({
  pulses: 0,
  verifyReads: 0,
  restarts: 0,
  conductanceS: 0,
  reached: false,
  joules: 0,
});

/** How a cell answers open-loop pulses. */
export interface PulseResponse {
  /** Conductance after one pulse; `noise` is a standard normal, `gain` the cell's own step factor. */
  readonly up: PulseStep;
  readonly down: PulseStep;
  /** Standard deviation of the logarithm of a cell's step factor. */
  readonly gainSpread: number;
}

export type PulseStep = (conductanceS: number, noise: number, gain: number) => number;

/** A way to bring a cell to a conductance, one pulse and one verify read after the other. */
export interface ProgrammingAlgorithm {
  readonly name: string;
  readonly doc: string;
  /** Largest voltage across the cell, V. */
  readonly peakV: number;
  /** Current of a cell under a pulse, A: bounds how many share a line. */
  readonly pulseA: number;
  /** Where all pulses are alike: what one does. */
  readonly response?: PulseResponse;
  /**
   * Programs one cell, found as the algorithm finds cells, to targetS. `tolerance` is relative to the target where the algorithm
   * has an acceptance band. At most `limit` pulses. Overwrites every member of `journey`.
   */
  programCell(draws: CellDraws, targetS: number, tolerance: number, limit: number, journey: Journey): void;
}

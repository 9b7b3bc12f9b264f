/**
 * What the values of one operation mean for time and energy: the only thing the timing machine learns of them.
 * Joules here are drawn by the cells; everything structural (conversions, bytes, cycles) the timing machine counts itself.
 */
export interface Activity {
  /** Joule heat of the cells during reads of this operation, all tiles and passes, J. */
  readonly readJoules: number;
  /** Joule heat of the cells during programming or update pulses, J. */
  readonly pulseJoules: number;
  /** Mean |input| in units of full scale over vectors and rows, 0..1 (drives pulse-width modulators). */
  readonly inputActivity: number;
  /** Extra MVM passes of bound management per vector; undefined when none. */
  readonly retries: Uint8Array | undefined;
  /** ADC conversions that met the range limit. */
  readonly saturations: number;
  /** Programming: serial pulse+verify steps of each tile of the group, in tile order (PRG only). */
  readonly programSteps: Float64Array | undefined;
  /** Programming: serial reads of each tile before first pulses, one per run of cells that are pulsed together. */
  readonly programReads: Float64Array | undefined;
  /** Device pulses: full-selected cell events. */
  readonly pulses: number;
  readonly verifyReads: number;
  readonly failedCells: number;
  /**
   * Serial pulse slots of the slowest tile, sign phases and current-limit splits included. OPU: one entry per vector; PUL and
   * PRG.reset-to-symmetry: one; XFR: one per transferred row.
   */
  readonly pulseSlots: Float64Array | undefined;
  /** Line activations (line x slot) of update pulses, rows and columns. */
  readonly linePulses: number;
  /** Comparator draws of the train generators (line x slot, whether it fires or not). */
  readonly trainBits: number;
  /** Cells that saw half the voltage of a pulse. */
  readonly halfSelects: number;
  /** THA: pulse counts other than 0. */
  readonly nonZeros: number;
}

export const idleActivity: Activity = {
  readJoules: 0,
  pulseJoules: 0,
  inputActivity: 0,
  retries: undefined,
  saturations: 0,
  programSteps: undefined,
  programReads: undefined,
  pulses: 0,
  verifyReads: 0,
  failedCells: 0,
  pulseSlots: undefined,
  linePulses: 0,
  trainBits: 0,
  halfSelects: 0,
  nonZeros: 0,
};

/** Means declared for runs without data (`timing` fidelity); reports made from them are labelled. */
export interface DeclaredStatistics {
  /** Mean |input| in units of full scale. */
  readonly inputActivity: number;
  /** Mean |weight| in units of full-scale weight. */
  readonly weightMean: number;
  /** Mean pulses per cell of program-and-verify, from the device at its tolerance. */
  readonly pulsesPerCell: number;
  /** Expected largest pulse count over cells programmed in parallel. */
  readonly slowestOfParallel: number;
}

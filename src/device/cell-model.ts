import type { Kernels } from '../numeric/kernels.ts';
import type { CellBlock } from './cell-block.ts';
import type { ProgrammingAlgorithm } from './programming/programming-algorithm.ts';
import type { PulsedCell } from './pulsed/pulsed-cell.ts';

export type { CellBlock } from './cell-block.ts';

/** How a number was obtained: measured in a paper, from a peer's code, computed, or assumed. */
export type SourceTag = 'measured' | 'measured-secondary' | 'peer-code' | 'computed' | 'assumed' | 'user';

/** A device number with everything a report needs to name it. */
export interface DeviceParameter {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly tag: SourceTag;
  readonly source: string;
  readonly doc: string;
}

/** Outcome of programming one block. Pulse counts are per cell. */
export interface ProgramOutcome {
  readonly pulses: Uint16Array;
  readonly failed: number;
  /** Mean energy of one pulse at conductance g is `pulseJoules(g)`; this is the block's sum, J. */
  readonly pulseJoules: number;
  /** Erasures after which the algorithm began again, and reads between pulses; absent where they are not simulated. */
  readonly restarts?: number;
  readonly verifyReads?: number;
}

/** `pulses`: cell by cell, pulse by pulse; `statistical`: drawn from the outcomes of that; both end in the same distribution. */
export type ProgrammingDepth = 'statistical' | 'pulses';

/** A memory technology's programming, simulated. */
export interface SimulatedProgramming {
  readonly algorithm: ProgrammingAlgorithm;
  program(
    depth: ProgrammingDepth,
    kernels: Kernels,
    writtenS: number,
    targetS: number,
    block: CellBlock,
    tolerance: number,
    limit: number,
  ): ProgramOutcome;
}

/**
 * A memory cell technology. Arrays are row-major f32 in siemens in kernel memory (`pointer`s), block.rows x block.columns.
 * Split by when it acts: program (once per write), age (function of retention time), read (every mvm).
 */
export interface CellModel {
  readonly kind: string;
  /** Paper, figure, fit, what was assumed beyond the data. */
  readonly doc: string;
  readonly inaccuracies: readonly string[];
  readonly parameters: readonly DeviceParameter[];
  /** Conductance window, S. */
  readonly minS: number;
  readonly maxS: number;
  /** Read voltage the characterisation used, V. */
  readonly readV: number;
  /** Duration of one programming pulse and one verify read, s. */
  readonly pulseSeconds: number;
  readonly verifySeconds: number;
  /** Mean pulses per cell of the closed loop at relative acceptance `tolerance`, and expected largest of n parallel cells. */
  meanPulses(tolerance: number): number;
  slowestPulses(tolerance: number, parallelCells: number, limit: number): number;
  /** Energy of one programming pulse on a cell of conductance g (S), J. Uses the cell's I-V at pulse voltage. */
  pulseJoules(conductanceS: number): number;

  /** writtenS = targetS + programming error. Pointers may be equal. */
  program(
    kernels: Kernels,
    writtenS: number,
    targetS: number,
    block: CellBlock,
    tolerance: number,
    limit: number,
  ): ProgramOutcome;
  /**
   * nowS = what `seconds` after programming is left of writtenS, clamped to the window: relaxation along one continuous
   * trajectory per programming event, plus frozen low-frequency read noise. seconds = 0 copies. `frozen` false leaves read noise out.
   */
  age(kernels: Kernels, nowS: number, writtenS: number, block: CellBlock, seconds: number, frozen: boolean): void;
  /** White noise of one read of one cell, standard deviation in S (independent of g). */
  readonly readNoiseS: number;
  /** Current at voltage v (A); ohmic when absent. */
  readonly current?: (conductanceS: number, volts: number) => number;
  /** Ways to program the cell that are simulated pulse by pulse, the usual one first; absent where there is none. */
  readonly simulated?: readonly SimulatedProgramming[];
  /** Conductance levels the cell is used with, evenly over the window, where it is used with few; analog when absent. */
  readonly levels?: number;
  /** Response to open-loop pulses; absent where the technology is for inference only. */
  readonly pulsed?: PulsedCell;
}

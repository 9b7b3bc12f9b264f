import type { Kernels } from '../../numeric/kernels.ts';
import type { CellBlock } from '../cell-block.ts';

/**
 * How far one pulse moves the state x of a cell (full-scale weights; alpha, slope and bounds are those of the cell):
 *
 *   exact                +granularity or -granularity, and outer products without any quantisation
 *   linear               alpha (1 + slope x + sigma xi)
 *   linear-multiplied    alpha (1 + slope x) (1 + sigma xi)
 *   exponential          alpha max(1 - A exp(+-gamma z), 0) (1 + sigma xi),  z = 2 x a / (upper - lower) + b
 *   exponential-complex  the same step d without noise, then + sigma (|d| + floor + perWeight |x|) xi
 *   power                alpha w^slope (1 + sigma xi),  w = (upper - x) / (upper - lower) going up, 1 - w going down
 *
 * after which x is clipped to its bounds. Slope -1 / bound is the soft-bounds device, slope 0 the constant step.
 * Source: aihwkit rpu_*_device.cpp at 4545f11.
 */
export type StepLaw = 'exact' | 'linear' | 'linear-multiplied' | 'exponential' | 'exponential-complex' | 'power';

/** Numbers of the exponential laws. */
export interface ExponentialShape {
  readonly a: number;
  readonly b: number;
  readonly gammaUp: number;
  readonly gammaDown: number;
  readonly amplitudeUp: number;
  readonly amplitudeDown: number;
  readonly noiseFloor: number;
  readonly noisePerWeight: number;
}

/** What half-selected cells do: part of a full step per half-voltage pulse, and its spread in steps. */
export interface Disturb {
  readonly up: number;
  readonly down: number;
  readonly spread: number;
}

/** A technology's response to open-loop pulses. */
export interface PulsedCell {
  readonly law: StepLaw;
  readonly shape: ExponentialShape | undefined;
  /** Mean step at the symmetry point (dw_min), full-scale weights. */
  readonly granularity: number;
  /** Cycle-to-cycle noise in steps. */
  readonly cycleNoise: number;
  /** Noise of a written state in granularities, drawn again whenever the cell is pulsed. */
  readonly writeNoise: number;
  /** Error of a reference cell programmed to the symmetry point, full-scale weights. */
  readonly referenceNoise: number;
  readonly disturb: Disturb | undefined;
  /** Pulse amplitude, V: what IR drop on the write path is compared with. */
  readonly pulseV: number;
  /** Energy of half the voltage on an idle cell, J. */
  readonly halfJoules: number;
  /** Pulses a cell survives. */
  readonly endurance: number;
  /** Present where the law stands in for the device's simulated response, which is known better. */
  readonly approximate?: true;
  /** Writes the records of a block (cellRecord.floats f32 per cell, row-major); references and pulses become 0. */
  populate(kernels: Kernels, records: number, block: CellBlock): void;
}

import { type CellStatistics, drawCells } from './draw-cells.ts';
import type { Disturb, ExponentialShape, PulsedCell } from './pulsed-cell.ts';

/** Statistics of a technology; what is left out has no spread, no bias, soft bounds and no faults. */
export interface PulsedOptions
  extends Partial<Omit<CellStatistics, 'law' | 'granularity'>>,
    Pick<CellStatistics, 'law' | 'granularity'> {
  readonly cycleNoise: number;
  /** Step the cell is taken to make, where that is not `granularity` before bias. */
  readonly nominalStep?: number;
  readonly writeNoise?: number;
  readonly referenceNoise?: number;
  readonly shape?: ExponentialShape;
  readonly disturb?: Disturb;
  readonly pulseV?: number;
  readonly halfJoules?: number;
  readonly endurance?: number;
}

const plain = {
  upper: 1,
  lower: -1,
  granularitySpread: 0,
  logNormal: false,
  upperSpread: 0,
  lowerSpread: 0,
  upDown: 0,
  upDownSpread: 0,
  slopeUp: 1,
  slopeDown: 1,
  slopeSpread: 0,
  corrupt: 0,
  corruptRange: 0.01,
} as const;

/** Half-voltage pulses of the CMO/HfOx compact model (IBM Analog_ReRAM_Training_Simulator, integrated): at most 1.6e-7 of a step. */
export const physicalDisturb: Disturb = { up: 1e-7, down: 1e-7, spread: 0 };

/** A pulsed technology from its statistics. Pulse voltage, half-select energy and endurance default to those of the CMO/HfOx cell. */
export function createPulsed(options: PulsedOptions): PulsedCell {
  const { cycleNoise, writeNoise = 0, referenceNoise = 0, shape, disturb = physicalDisturb, ...rest } = options;
  const { pulseV = 1.35, halfJoules = 70e-12, endurance = 1e8, nominalStep = rest.granularity, ...given } = rest;
  const statistics: CellStatistics = { ...plain, ...given };
  return {
    law: statistics.law,
    shape,
    granularity: nominalStep,
    cycleNoise,
    writeNoise,
    referenceNoise,
    disturb,
    pulseV,
    halfJoules,
    endurance,
    populate: (kernels, records, block) => drawCells(kernels, records, block, statistics),
  };
}

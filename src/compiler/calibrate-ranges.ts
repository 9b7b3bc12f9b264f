import type { ChipDescription } from '../chip/description.ts';
import { floatImmediate, readFloatImmediate } from '../isa/immediates.ts';
import { largestSum } from './largest-sum.ts';
import type { SlicedMatrix } from './slice.ts';

/** Scaling of one group: what the CSRs get, and the statistics declared for runs without data. */
export interface GroupScaling {
  /** Weight at full-scale conductance; a value the 24-bit immediate holds exactly, >= max |w| but for literal pairs: 1. */
  readonly weightMax: number;
  /** ADC full scale in units of full-scale weight x full-scale input. */
  readonly adcRange: number;
  /** Mean |input| / full scale and mean |weight| / weightMax over the calibration samples. */
  readonly inputActivity: number;
  readonly weightMean: number;
}

/** Head room over the largest partial sum seen in calibration: later samples exceed it rarely, and bound management catches those. */
const headRoom = 1.1;

/** The next value at or above x that a float immediate (top 24 bits of an f32) holds. */
export function roundUpToImmediate(x: number): number {
  const bits = floatImmediate(x);
  const value = readFloatImmediate(bits);
  return value >= x ? value : readFloatImmediate(bits + 1);
}

const absMax = (values: Float32Array, from = 0, to = values.length): number => {
  let max = 0;
  for (let index = from; index < to; index++) max = Math.max(max, Math.abs(values[index]!));
  return max;
};

/**
 * Finds the ADC range of a group from sample inputs, as a chip's bring-up does: the largest sum that any conversion sees - of a row
 * block, an input bit where bits are read apart, a slice, with the offset of single-device mappings - with head room. `vectors`
 * holds `count` input vectors of stage.rows values.
 */
export function calibrateGroup(matrix: SlicedMatrix, vectors: Float32Array, count: number, chip: ChipDescription): GroupScaling {
  const { rows, weights } = matrix.stage;
  // a literal conductance has no scale to choose
  const weightMax = chip.mapping.scheme === 'literal-pair' ? 1 : roundUpToImmediate(absMax(weights) || 1);
  const largestOf = largestSum(matrix.stage, weightMax, chip);
  const absolute = chip.tile.input.noiseManagement === 'abs-max';
  const scaled = new Float64Array(rows);
  let largest = 0;
  let inputSum = 0;
  for (let vector = 0; vector < count; vector++) {
    const base = vector * rows;
    const scale = absolute ? absMax(vectors, base, base + rows) : 1;
    if (scale === 0) continue;
    for (let row = 0; row < rows; row++) {
      scaled[row] = vectors[base + row]! / scale;
      inputSum += Math.min(Math.abs(scaled[row]!), 1);
    }
    largest = Math.max(largest, largestOf(scaled));
  }
  let weightSum = 0;
  for (let index = 0; index < weights.length; index++) weightSum += Math.abs(weights[index]!);
  return {
    weightMax,
    adcRange: largest > 0 ? roundUpToImmediate(largest * headRoom) : chip.tile.adc.range,
    inputActivity: count > 0 ? inputSum / (count * rows) : 0.25,
    weightMean: weightSum / (weights.length * weightMax),
  };
}

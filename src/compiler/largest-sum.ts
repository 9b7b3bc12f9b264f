import type { ChipDescription } from '../chip/description.ts';
import { deviceNamed } from '../device/devices.ts';
import { weightMap } from '../machine/map-weights.ts';
import { sliceWeight } from '../machine/slice-weights.ts';
import { converterStep } from '../numeric/quantise.ts';
import type { MatrixStage } from './lower.ts';

/** Largest |sum| that one conversion sees for a vector of stage.rows inputs within +-1, in full scales. */
export type LargestSum = (vector: Float64Array) => number;

/** Bits of the input codes that are read one after the other, 0 when an input is driven whole. */
const serialBits = ({ tile: { input } }: ChipDescription): number =>
  input.coding === 'bit-serial' && input.bits > 1 ? input.bits - 1 : 0;

/** Reads of one vector that are converted apart: input bits x slices. An ideal converter has no range to meet: 1. */
export const readsApart = (chip: ChipDescription): number =>
  chip.tile.adc.bits === 0 ? 1 : Math.max(1, serialBits(chip)) * chip.mapping.slices;

/** What a digital offset adds to every weight of full scale 1; other mappings have subtracted it before the column is converted. */
const offsetOf = ({ mapping, device }: ChipDescription): number => {
  if (mapping.scheme !== 'digital-offset') return 0;
  const { middleS, scaleS } = weightMap(mapping.scheme, deviceNamed(device));
  return middleS / scaleS;
};

/** Weights as the cells of each slice show them, in the unit of the weights. */
function slicedWeights({ weights }: MatrixStage, weightMax: number, chip: ChipDescription): Float32Array[] {
  const { slices, sliceBits: bits } = chip.mapping;
  const offset = offsetOf(chip);
  if (bits === 0 && offset === 0) return [weights];
  return Array.from({ length: slices }, (_, slice) =>
    weights.map((weight) => weightMax * (sliceWeight({ slices, bits }, weight / weightMax, slice) + offset)),
  );
}

/** The input a word line gets in slot `slot`: one bit of the code with its sign, or all of it. */
function slotInput(value: number, bits: number, slot: number): number {
  if (bits === 0) return value;
  const code = Math.round(Math.min(Math.abs(value), 1) / converterStep(bits + 1, 1));
  return (code >> slot) & 1 ? Math.sign(value) : 0;
}

/** The sums that the converters of a group see: over row blocks, input bits and slices. Ideal converters are given whole sums. */
export function largestSum(stage: MatrixStage, weightMax: number, chip: ChipDescription): LargestSum {
  const { rows, columns } = stage;
  const tileRows = chip.tile.rows; // read once: sweeps watch what is read of a chip
  const ideal = chip.tile.adc.bits === 0;
  const slices = ideal ? [stage.weights] : slicedWeights(stage, weightMax, chip);
  const bits = ideal ? 0 : serialBits(chip);
  const sums = new Float32Array(columns);

  function largestOf(weights: Float32Array, vector: Float64Array, slot: number): number {
    let largest = 0;
    for (let row = 0; row < rows; row++) {
      if (row % tileRows === 0) sums.fill(0);
      const input = slotInput(vector[row]!, bits, slot);
      const at = row * columns;
      if (input !== 0)
        for (let column = 0; column < columns; column++) sums[column]! += (input * weights[at + column]!) / weightMax;
      if ((row + 1) % tileRows === 0 || row + 1 === rows) for (const sum of sums) largest = Math.max(largest, Math.abs(sum));
    }
    return largest;
  }

  return (vector) => {
    let largest = 0;
    for (const weights of slices)
      for (let slot = 0; slot < Math.max(1, bits); slot++) largest = Math.max(largest, largestOf(weights, vector, slot));
    return largest;
  };
}

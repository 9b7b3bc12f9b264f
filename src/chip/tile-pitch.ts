import { type ChipDescription, cellsPerSlice } from './description.ts';

export interface TilePitch {
  /** Width that the columns of one converter offer at the edge of the array, m. */
  readonly availableM: number;
  /** Least width of a converter, m. */
  readonly neededM: number;
  /** What the array grows by so that its converters fit: 1 when they do. */
  readonly stretch: number;
}

/** Whether the converters of a tile fit behind their columns. Columns are spread until they do; SRAM tiles have none. */
export function tilePitch({ tile: { array, adc }, mapping }: ChipDescription): TilePitch {
  const availableM = (adc.mux * cellsPerSlice(mapping.scheme) * array.columnPitchM) / adc.perOutput;
  const neededM = array.kind === 'sram' ? 0 : adc.leastWidthM;
  return { availableM, neededM, stretch: Math.max(1, neededM / availableM) };
}

import { type ChipDescription, logicalColumnsPerTile } from './description.ts';

/** Columns of a tile that are converted in one MVM: weight columns x slices (the cells of a pair are subtracted in analog). */
export const outputColumns = (chip: ChipDescription): number =>
  logicalColumnsPerTile(chip.tile, chip.mapping) * chip.mapping.slices;
/** Converters of a tile: one for every `mux` output columns. */
export const convertersPerTile = (chip: ChipDescription): number =>
  chip.tile.adc.perOutput * Math.ceil(outputColumns(chip) / chip.tile.adc.mux);
/** Time in which a converter serves all its columns, s. */
export const conversionRoundSeconds = (chip: ChipDescription): number => chip.tile.adc.mux * chip.tile.adc.conversionS;

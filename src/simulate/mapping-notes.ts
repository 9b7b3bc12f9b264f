import { formatBytes } from '../../isa/limits.ts';
import type { ChipDescription } from '../chip/description.ts';
import type { GraphMapping } from '../compiler/graph/compile-graph.ts';

/** What a network larger than its chip came to. */
export interface Shortage {
  /** Turns on the tiles; 1 where every matrix has tiles of its own. */
  readonly rounds: number;
  readonly tilesNeeded: number;
  /** Tiles whose weights are written once. */
  readonly tilesKept: number;
  /** Times that the cells of a shared tile are written, at most: in a batch, and in the whole program. */
  readonly writesPerBatch: number;
  readonly writes: number;
  /** Values that wait in DRAM, and their bytes for one image. */
  readonly valuesInDram: number;
  readonly bytesInDram: number;
}

export function shortageOf({ rounds, sliced, schedule, lowered }: GraphMapping, chip: ChipDescription, ages: number): Shortage {
  const turns = rounds.rounds.length;
  const tiles = (keep: boolean): number =>
    sliced.reduce((sum, matrix) => (rounds.resident.has(matrix.stage) === keep ? sum + matrix.tiles : sum), 0);
  const homes = [...(lowered.homes?.values() ?? [])];
  const batches = schedule.batches + (schedule.tail > 0 ? 1 : 0);
  const writesPerBatch = turns === 1 ? 0 : turns;
  return {
    ...{ rounds: turns, tilesNeeded: tiles(true) + tiles(false), tilesKept: tiles(true), writesPerBatch },
    // Every age runs all batches; the lone image is one more.
    writes: turns === 1 ? 1 : writesPerBatch * (ages * batches + 1),
    valuesInDram: homes.length,
    bytesInDram: homes.reduce((sum, { elements }) => sum + elements * formatBytes[chip.vector.format], 0),
  };
}

/** Warnings of a network larger than its chip; none where it fits. */
export function shortageWarnings(mapping: GraphMapping, chip: ChipDescription, ages: number): readonly string[] {
  const { rounds, tilesNeeded, tilesKept, writes, valuesInDram, bytesInDram } = shortageOf(mapping, chip, ages);
  const tiles = chip.grid.rows * chip.grid.columns;
  const side = Math.ceil(Math.sqrt(tilesNeeded));
  const turns =
    `the network takes ${tilesNeeded} tiles and the chip has ${tiles}: weights are written in ${rounds} rounds for every batch of ` +
    `${mapping.schedule.batch} images (${tilesKept} tiles keep theirs), in all up to ${writes} times a cell; their cost is in the ` +
    `evaluate phase, and ages begin anew with every write; --set grid.rows=${side} --set grid.columns=${side} would hold everything`;
  const moved =
    `${valuesInDram} values, ${(bytesInDram / 1024).toFixed(1)} KiB an image, wait in DRAM: ` +
    (rounds > 1 ? 'rounds hand them on there' : 'the scratchpad is too small');
  return [...(rounds > 1 ? [turns] : []), ...(valuesInDram > 0 ? [moved] : [])];
}

import { type ChipDescription, logicalColumnsPerTile } from '../chip/description.ts';
import { ceilDiv } from '../numeric/ceil-div.ts';
import type { MatrixStage, Stage } from './lower.ts';

/** A matrix cut into blocks that fit one tile each. */
export interface SlicedMatrix {
  readonly stage: MatrixStage;
  readonly rowBlocks: number;
  readonly columnBlocks: number;
  readonly tiles: number;
  /** Cells of the tiles that hold weights, 0..1. */
  readonly utilisation: number;
}

/** Row blocks of at most `tile.rows`, column blocks of at most the tile's logical columns under the chip's mapping. */
export function slice(stages: readonly Stage[], chip: ChipDescription): readonly SlicedMatrix[] {
  const tileColumns = logicalColumnsPerTile(chip.tile, chip.mapping);
  return stages.flatMap((stage) => {
    if (stage.kind !== 'matrix') return [];
    const rowBlocks = ceilDiv(stage.rows, chip.tile.rows);
    const columnBlocks = ceilDiv(stage.columns, tileColumns);
    const tiles = rowBlocks * columnBlocks;
    const utilisation = (stage.rows * stage.columns) / (tiles * chip.tile.rows * tileColumns);
    return [{ stage, rowBlocks, columnBlocks, tiles, utilisation }];
  });
}

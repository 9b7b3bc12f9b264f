import type { TimingParameters } from '../chip/cost-table.ts';
import { cellsPerSlice } from '../chip/description.ts';
import type { GroupShape } from '../sequence/issued-operation.ts';

/** How a group's matrix lies on its tiles: logical rows of each row block and columns of each column block, tiles filled in order. */
export interface GroupBlocks {
  readonly rowLengths: readonly number[];
  readonly columnLengths: readonly number[];
  /** Logical columns a whole tile holds under the group's mapping. */
  readonly columnsPerTile: number;
  /** Every tile, replicas and empty blocks included, in grid order. */
  readonly tiles: readonly number[];
}

function lengths(total: number, perBlock: number): number[] {
  const found: number[] = [];
  for (let start = 0; start < total; start += perBlock) found.push(Math.min(perBlock, total - start));
  return found;
}

/** Rows of each row block as operands hold them: a row that the tile drives by itself is not sent. */
export function operandLengths({ csrs }: GroupShape, rowLengths: readonly number[]): readonly number[] {
  return csrs.constantRow ? rowLengths.map((length, at) => (at === rowLengths.length - 1 ? length - 1 : length)) : rowLengths;
}

/** RangeError when the group lies outside the grid or a tile holds no weight of it. */
export function groupBlocks(shape: GroupShape, parameters: TimingParameters): GroupBlocks {
  const { mapping, slices } = shape.csrs;
  const devices = cellsPerSlice(mapping) * slices;
  const reference = mapping === 'reference-column' ? 1 : 0;
  const rowsPerTile = parameters.tileRows - shape.rowOffset;
  const columnsPerTile = Math.floor((parameters.tileColumns - shape.columnOffset - reference) / devices);
  if (rowsPerTile < 1 || columnsPerTile < 1) {
    throw new RangeError(
      `group ${shape.id} finds ${rowsPerTile} rows and ${columnsPerTile} columns in a tile; want at least 1 of each`,
    );
  }
  const tileCount = shape.rowBlocks * shape.columnBlocks * shape.replicas;
  const gridTiles = parameters.gridRows * parameters.gridColumns;
  if (shape.firstTile + tileCount > gridTiles) {
    throw new RangeError(`group ${shape.id} ends at tile ${shape.firstTile + tileCount - 1}; want at most ${gridTiles - 1}`);
  }
  return {
    rowLengths: lengths(shape.rows, rowsPerTile),
    columnLengths: lengths(shape.columns, columnsPerTile),
    columnsPerTile,
    tiles: Array.from({ length: tileCount }, (_, index) => shape.firstTile + index),
  };
}

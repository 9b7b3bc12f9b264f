import { cellsPerSlice, type TileDescription } from '../chip/description.ts';
import type { GroupShape } from '../sequence/issued-operation.ts';

/** Consecutive logical rows or columns that share a tile. */
export interface Span {
  readonly start: number;
  readonly length: number;
}

/** How a group's matrix lies on its tiles. */
export interface GroupLayout {
  readonly rows: number;
  readonly columns: number;
  readonly rowSpans: readonly Span[];
  readonly columnSpans: readonly Span[];
  /** Physical tile of row block r and column block c, first replica. */
  tile(r: number, c: number): number;
  /** Bit line of a block's local column and slice: its first device; the others follow. */
  bitLine(localColumn: number, slice: number): number;
  wordLine(localRow: number): number;
}

function spans(total: number, perBlock: number): Span[] {
  const found: Span[] = [];
  for (let start = 0; start < total; start += perBlock) found.push({ start, length: Math.min(perBlock, total - start) });
  return found;
}

/**
 * Blocks of a group: every tile is filled before the next is begun, from its row and column offset on; a reference column
 * takes the last bit line. RangeError with found and wanted sizes when the matrix does not fit its tiles.
 */
export function layoutGroup(shape: GroupShape, tile: TileDescription): GroupLayout {
  const { mapping, slices } = shape.csrs;
  const rowsPerTile = tile.rows - shape.rowOffset;
  const bitLines = tile.columns - shape.columnOffset - (mapping === 'reference-column' ? 1 : 0);
  const perWeight = cellsPerSlice(mapping) * slices;
  const columnsPerTile = Math.floor(bitLines / perWeight);
  if (shape.rows > rowsPerTile * shape.rowBlocks) {
    throw new RangeError(
      `group ${shape.id} has ${shape.rows} rows; ${shape.rowBlocks} row blocks hold ${rowsPerTile * shape.rowBlocks}`,
    );
  }
  if (shape.columns > columnsPerTile * shape.columnBlocks) {
    throw new RangeError(
      `group ${shape.id} has ${shape.columns} columns; ${shape.columnBlocks} column blocks hold ${columnsPerTile * shape.columnBlocks}`,
    );
  }
  return {
    rows: shape.rows,
    columns: shape.columns,
    rowSpans: spans(shape.rows, rowsPerTile),
    columnSpans: spans(shape.columns, columnsPerTile),
    tile: (r, c) => shape.firstTile + r * shape.columnBlocks + c,
    bitLine: (localColumn, slice) => shape.columnOffset + (localColumn * slices + slice) * cellsPerSlice(mapping),
    wordLine: (localRow) => shape.rowOffset + localRow,
  };
}

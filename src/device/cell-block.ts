/** A block of cells inside one logical matrix: draws depend on (seed, matrix, logical row, column, device), never on the tile. */
export interface CellBlock {
  /** Random key of this chip instance. */
  readonly chipSeed: number;
  /** Index of the logical matrix (group id). */
  readonly matrix: number;
  /** Logical position of the block's first cell. */
  readonly row0: number;
  readonly column0: number;
  readonly rows: number;
  readonly columns: number;
  /** Which device of the weight: 0 = plus, 1 = minus, 2.. for slices; a reference column has its own number. */
  readonly device: number;
  /** Counts programming events of this matrix. */
  readonly event: number;
}

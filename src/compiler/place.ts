import { limits } from '../../isa/limits.ts';
import type { ChipDescription } from '../chip/description.ts';
import { inputError } from '../config/issue.ts';
import type { SlicedMatrix } from './slice.ts';

/** A sliced matrix with its group id and first tile. */
export interface PlacedMatrix extends SlicedMatrix {
  readonly group: number;
  readonly firstTile: number;
  /** Copies of the matrix that share its vectors; 1 when absent. */
  readonly replicas?: number;
}

/** Groups one after the other in tile order. A chip too small is an input error that says what would fit. */
export function place(
  matrices: readonly (SlicedMatrix & { readonly replicas?: number })[],
  chip: ChipDescription,
): readonly PlacedMatrix[] {
  const available = chip.grid.rows * chip.grid.columns;
  const needed = matrices.reduce((sum, { tiles, replicas = 1 }) => sum + tiles * replicas, 0);
  if (needed > available) {
    const side = Math.ceil(Math.sqrt(needed));
    throw inputError(
      `chip ${chip.name}`,
      `${available} tiles of ${chip.tile.rows} x ${chip.tile.columns} cells`,
      `at least ${needed} tiles for ${matrices.map(({ stage, tiles }) => `${stage.name} (${tiles})`).join(', ')}; ` +
        `--set grid.rows=${side} --set grid.columns=${side} would fit`,
    );
  }
  if (matrices.length > limits.groupCount)
    throw inputError('network', `${matrices.length} matrices`, `at most ${limits.groupCount} tile groups`);
  let tile = 0;
  return matrices.map((matrix, group) => {
    const firstTile = tile;
    tile += matrix.tiles * (matrix.replicas ?? 1);
    return { ...matrix, group, firstTile };
  });
}

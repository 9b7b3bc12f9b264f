import { limits } from '../../../isa/limits.ts';
import type { ChipDescription } from '../../chip/description.ts';
import { inputError } from '../../config/issue.ts';
import type { Stage } from '../lower.ts';
import { type SlicedMatrix, slice } from '../slice.ts';
import { type Algorithm, isTransfer } from './algorithm.ts';

/** A matrix that learns: its weights, the fast tiles beside them where the algorithm has any, and its digital bias row. */
export interface TrainedMatrix extends SlicedMatrix {
  /** Group of the weights that the network computes with. */
  readonly group: number;
  readonly firstTile: number;
  /** Group and first tile of the gradients, for the Tiki-Taka family. */
  readonly fast: { readonly group: number; readonly firstTile: number } | undefined;
  /** Group of one row that shapes the digital accumulation of the bias; on no cells. */
  readonly biasGroup: number | undefined;
}

/**
 * Groups in layer order, fast tiles after the slow ones. Training never shares tiles over time: a chip too small is an input
 * error that says what would fit.
 */
export function placeTraining(stages: readonly Stage[], chip: ChipDescription, algorithm: Algorithm): readonly TrainedMatrix[] {
  const matrices = slice(stages, chip);
  const copies = isTransfer(algorithm) ? 2 : 1;
  const own = matrices.reduce((sum, { tiles }) => sum + tiles, 0);
  const available = chip.grid.rows * chip.grid.columns;
  if (own * copies > available) {
    const side = Math.ceil(Math.sqrt(own * copies));
    const why = copies === 2 ? `; ${algorithm.kind} needs a slow and a fast tile for each` : '';
    throw inputError(
      `chip ${chip.name}`,
      `${available} tiles of ${chip.tile.rows} x ${chip.tile.columns} cells`,
      `at least ${own * copies} tiles for ${matrices.map(({ stage, tiles }) => `${stage.name} (${tiles})`).join(', ')}${why}; ` +
        `--set grid.rows=${side} --set grid.columns=${side} would fit, or --chip cmo-14nm-large`,
    );
  }
  if (matrices.length * 3 > limits.groupCount)
    throw inputError('network', `${matrices.length} matrices`, `at most ${Math.floor(limits.groupCount / 3)} that learn`);
  let tile = 0;
  const slow = matrices.map((matrix, group) => {
    const firstTile = tile;
    tile += matrix.tiles;
    return { ...matrix, group, firstTile };
  });
  const count = matrices.length;
  return slow.map((matrix) => {
    const fast = copies === 2 ? { group: count + matrix.group, firstTile: own + matrix.firstTile } : undefined;
    const biasGroup = matrix.stage.bias === undefined ? undefined : count * copies + matrix.group;
    return { ...matrix, fast, biasGroup };
  });
}

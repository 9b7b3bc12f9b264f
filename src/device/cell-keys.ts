import { philox, type StreamKey } from '../numeric/philox.ts';
import type { CellBlock } from './cell-model.ts';

/**
 * Key of a block's draws: the chip instance, the logical matrix and the device of the weight. Position inside a tile does not
 * enter (grids are addressed by logical row and column), so that chips cut into tiles of another size meet the same cells.
 */
export function cellKey(block: Pick<CellBlock, 'chipSeed' | 'matrix' | 'device'>): StreamKey {
  const { chipSeed, matrix, device } = block;
  const [key0, key1] = philox(chipSeed % 2 ** 32, Math.floor(chipSeed / 2 ** 32), matrix, device, 0, 0);
  return { key0, key1 };
}

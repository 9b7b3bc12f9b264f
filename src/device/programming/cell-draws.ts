import type { Kernels } from '../../numeric/kernels.ts';
import { philox, type StreamKey } from '../../numeric/philox.ts';
import { purposes } from '../../numeric/purposes.ts';

/** Random numbers of one cell's programming: the same whatever other cells are programmed beside it. */
export interface CellDraws {
  /** Starts the stream of another cell, at its first number. */
  begin(row: number, column: number): void;
  normal(): number;
  /** In [0, 1). */
  uniform(): number;
}

const chunk = 64;

/** Streams of the cells of one block and programming event; `key` is the block's. Takes scratch from the kernels. */
export function createCellDraws(kernels: Kernels, key: StreamKey, event: number): CellDraws {
  const [key0, key1] = philox(key.key0, key.key1, purposes.pulse, event, 1, 0);
  const buffer = kernels.allocate(4 * chunk);
  const normals = kernels.f32(buffer, chunk);
  let [row, column, taken, refills, uniforms] = [0, 0, chunk, 0, 0];
  return {
    begin(nextRow, nextColumn) {
      [row, column, taken, refills, uniforms] = [nextRow, nextColumn, chunk, 0, 0];
    },
    normal() {
      if (taken === chunk) {
        kernels.normals(buffer, chunk, key0, key1, refills * (chunk / 4), row, column, 0);
        refills += 1;
        taken = 0;
      }
      return normals[taken++]!;
    },
    uniform() {
      const [word] = philox(key0, key1, uniforms, row, column, 1);
      uniforms += 1;
      return (word >>> 8) * 2 ** -24;
    },
  };
}

import { createHash } from 'node:crypto';
import type { CellModel, ProgramOutcome } from './cell-model.ts';

/** What programming left of one block of cells. Read only: others hold the same. */
export interface ProgrammedCells {
  /** S, row-major. */
  readonly writtenS: Float32Array;
  readonly outcome: ProgramOutcome;
}

/** Gives back what an earlier call made under the same key, or makes it. */
export type ProgrammedOnce = (key: string, make: () => ProgrammedCells) => ProgrammedCells;

/**
 * The device with its programming done once for equal cells: programming is a function of the device, the targets, the block's streams
 * and the settings, and all of these are in the key. `name` must tell this device from every other one. Tiles and converters do
 * not enter: draws are keyed by the logical place.
 */
export function withSharedProgramming(model: CellModel, name: string, once: ProgrammedOnce): CellModel {
  return {
    ...model,
    program(kernels, writtenS, targetS, block, tolerance, limit) {
      const count = block.rows * block.columns;
      const { chipSeed, matrix, row0, column0, rows, columns, device, event } = block;
      const settings = [name, chipSeed, matrix, row0, column0, rows, columns, device, event, tolerance, limit];
      const targets = kernels.f32(targetS, count);
      const key = createHash('sha256')
        .update(JSON.stringify(settings))
        .update(new Uint8Array(targets.buffer, targets.byteOffset, targets.byteLength))
        .digest('base64');
      let made = false;
      const cells = once(key, () => {
        made = true;
        const outcome = model.program(kernels, writtenS, targetS, block, tolerance, limit);
        return { outcome, writtenS: kernels.f32(writtenS, count).slice() };
      });
      if (!made) kernels.f32(writtenS, count).set(cells.writtenS);
      return cells.outcome;
    },
  };
}

import type { CellBlock, CellModel, ProgramOutcome } from '../device/cell-model.ts';
import { createKernels } from '../numeric/create-kernels.ts';
import type { Kernels } from '../numeric/kernels.ts';

/** Cells in rows: every row is programmed to one conductance. */
export interface LevelCells {
  readonly outcome: ProgramOutcome;
  /** Conductances of each level `seconds` after programming, S; frozen read noise on request. */
  at(seconds: number, frozen?: boolean): readonly Float32Array[];
}

export interface LevelOptions {
  readonly levelsS: readonly number[];
  readonly cells: number;
  readonly tolerance: number;
  readonly limit: number;
  readonly seed: number;
  /** Programs instead of the device's own way. */
  readonly program?: CellModel['program'];
}

/** Levels evenly over a window, ends included. */
export const evenLevels = (minS: number, maxS: number, count: number): readonly number[] =>
  Array.from({ length: count }, (_, index) => minS + ((maxS - minS) * index) / (count - 1));

/** Programs `cells` cells to every level. */
export function programLevels(device: CellModel, options: LevelOptions, kernels: Kernels = createKernels()): LevelCells {
  const { levelsS, cells, tolerance, limit, seed, program = device.program } = options;
  const [rows, columns] = [levelsS.length, cells];
  const block: CellBlock = { chipSeed: seed, matrix: 0, row0: 0, column0: 0, rows, columns, device: 0, event: 0 };
  const count = rows * columns;
  const [target, written, now] = [kernels.allocate(4 * count), kernels.allocate(4 * count), kernels.allocate(4 * count)];
  levelsS.forEach((level, row) => {
    kernels.f32(target, count).fill(level, row * columns, (row + 1) * columns);
  });
  const outcome = program(kernels, written, target, block, tolerance, limit);
  return {
    outcome,
    at(seconds, frozen = false) {
      device.age(kernels, now, written, block, seconds, frozen);
      const values = kernels.f32(now, count);
      return levelsS.map((_, row) => values.slice(row * columns, (row + 1) * columns));
    },
  };
}

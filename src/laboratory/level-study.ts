import type { CellModel } from '../device/cell-model.ts';
import { moments } from '../numeric/moments.ts';
import type { LevelCells } from './cell-experiment.ts';
import type { LaboratoryTable, Series } from './laboratory-report.ts';

/** Share of cells nearer to a neighbour's mean than to their own level's, over all pairs of neighbours. */
export function overlap(levels: readonly ArrayLike<number>[]): number {
  const means = levels.map((level) => moments(Array.from(level)).mean);
  let [wrong, pairs] = [0, 0];
  for (let level = 0; level + 1 < levels.length; level++) {
    const border = (means[level]! + means[level + 1]!) / 2;
    for (const value of Array.from(levels[level]!)) if (value > border) wrong += 1;
    for (const value of Array.from(levels[level + 1]!)) if (value < border) wrong += 1;
    pairs += levels[level]!.length;
  }
  return pairs === 0 ? 0 : wrong / pairs;
}

/** Root of the mean variance inside a level, S. */
export function levelSpread(levels: readonly ArrayLike<number>[]): number {
  const squares = levels.map((level) => moments(Array.from(level)).deviation ** 2);
  return Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / levels.length);
}

/** Levels that fit the window at `sigmas` deviations from one to the next. */
export const levelCount = ({ minS, maxS }: Pick<CellModel, 'minS' | 'maxS'>, spreadS: number, sigmas = 6): number =>
  spreadS === 0 ? Number.POSITIVE_INFINITY : (maxS - minS) / (sigmas * spreadS);

export interface NamedAge {
  readonly label: string;
  readonly seconds: number;
}

/** Spread, overlap and level count at each age; distributions of some levels at the first age. */
export function levelStudy(
  device: CellModel,
  levelsS: readonly number[],
  cells: LevelCells,
  ages: readonly NamedAge[],
): { readonly table: LaboratoryTable; readonly series: Series } {
  const table: LaboratoryTable = {
    name: 'levels',
    title: `${levelsS.length} levels after programming`,
    columns: [
      { name: 'after', unit: '' },
      { name: 'spread of a level', unit: 'S' },
      { name: 'mean shift', unit: 'S' },
      { name: 'overlap of neighbours', unit: 'share' },
      { name: 'levels at six sigma', unit: '1' },
    ],
    rows: ages.map(({ label, seconds }) => {
      const levels = cells.at(seconds);
      const spread = levelSpread(levels);
      const shift = moments(levels.map((level, row) => moments(level).mean - levelsS[row]!)).mean;
      const count = levelCount(device, spread);
      return [label, spread, shift, overlap(levels), Number.isFinite(count) ? count : 'any'];
    }),
  };
  const points = ages.flatMap(({ label, seconds }) =>
    cells.at(seconds).map((level, row) => ({ curve: label, x: levelsS[row]!, y: moments(level).deviation })),
  );
  const series: Series = {
    name: 'level-spread',
    title: 'Spread of each level',
    x: { name: 'level', unit: 'S' },
    y: { name: 'standard deviation', unit: 'S' },
    mark: 'line',
    points,
  };
  return { table, series };
}

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

const usualSigmas = 6;

/** Levels that fit the window at `sigmas` deviations from one to the next. */
export const levelCount = (
  { minS, maxS }: Pick<CellModel, 'minS' | 'maxS'>,
  spreadS: number,
  sigmas: number = usualSigmas,
): number => (spreadS === 0 ? Number.POSITIVE_INFINITY : (maxS - minS) / (sigmas * spreadS));

export interface NamedAge {
  readonly label: string;
  readonly seconds: number;
}

const drawnLevels = 7;
const bars = 80;

/** Histograms of the middle levels at one age: where the cells of each are, as shares of its cells. */
function levelHistogram(levelsS: readonly number[], cells: LevelCells, { label, seconds }: NamedAge): Series {
  const first = Math.max(0, Math.floor((levelsS.length - drawnLevels) / 2));
  const shown = levelsS.slice(first, first + drawnLevels);
  const values = cells.at(seconds).slice(first, first + drawnLevels);
  const gap = shown.length > 1 ? shown[1]! - shown[0]! : Math.abs(shown[0]!) || 1e-6;
  const [low, high] = [shown[0]! - 1.5 * gap, shown.at(-1)! + 1.5 * gap];
  const width = (high - low) / bars;
  return {
    name: 'level-distribution',
    title: `Cells of ${shown.length} neighbouring levels, ${label} after programming`,
    x: { name: 'conductance', unit: 'S' },
    y: { name: 'share of cells', unit: '1' },
    mark: 'line',
    points: values.flatMap((level, row) => {
      const counts = new Float64Array(bars);
      for (const value of Array.from(level)) counts[Math.min(bars - 1, Math.max(0, Math.floor((value - low) / width)))]! += 1;
      const curve = `${Number((shown[row]! * 1e6).toPrecision(4))} uS`;
      return Array.from(counts, (count, bar) => ({ curve, x: low + (bar + 0.5) * width, y: count / level.length }));
    }),
  };
}

/** What a level study is asked beside the ages. */
export interface LevelQuestions {
  /** Deviations from one level to the next that count as apart. */
  readonly sigmas?: number;
}

/** Spread, overlap and level count at each age; distributions of the middle levels at the second one. */
export function levelStudy(
  device: CellModel,
  levelsS: readonly number[],
  cells: LevelCells,
  ages: readonly NamedAge[],
  { sigmas = usualSigmas }: LevelQuestions = {},
): { readonly table: LaboratoryTable; readonly series: readonly Series[] } {
  const table: LaboratoryTable = {
    name: 'levels',
    title: `${levelsS.length} levels after programming`,
    columns: [
      { name: 'after', unit: '' },
      { name: 'spread of a level', unit: 'S' },
      { name: 'mean shift', unit: 'S' },
      { name: 'overlap of neighbours', unit: 'share' },
      { name: `levels at ${sigmas === usualSigmas ? 'six' : sigmas} sigma`, unit: '1' },
    ],
    rows: ages.map(({ label, seconds }) => {
      const levels = cells.at(seconds);
      const spread = levelSpread(levels);
      const shift = moments(levels.map((level, row) => moments(level).mean - levelsS[row]!)).mean;
      const count = levelCount(device, spread, sigmas);
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
  return { table, series: [series, levelHistogram(levelsS, cells, ages[1] ?? ages[0]!)] };
}

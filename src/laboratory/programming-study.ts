import type { CellModel, SimulatedProgramming } from '../device/cell-model.ts';
import { moments, quantile } from '../numeric/moments.ts';
import { evenLevels, programLevels } from './cell-experiment.ts';
import type { LaboratoryTable, Series } from './laboratory-report.ts';

/** Pulses, time, heat and error of one algorithm at one acceptance. */
export interface ProgrammingResult {
  readonly algorithm: string;
  readonly tolerance: number;
  readonly cells: number;
  readonly failed: number;
  /** Pulses of the cells that reached their target. */
  readonly pulses: readonly number[];
  readonly restarts: number;
  /** Root mean square error of all cells, S, and as a share of the target of those that reached it. */
  readonly errorS: number;
  readonly relativeError: number;
  readonly secondsPerCell: number;
  readonly joulesPerCell: number;
  readonly peakV: number;
}

export interface ProgrammingOptions {
  readonly levelsS: readonly number[];
  readonly cells: number;
  readonly tolerance: number;
  readonly limit: number;
  readonly seed: number;
}

/** Programs cells pulse by pulse and counts. A cell stopped by the limit is failed and left out of the pulse counts. */
export function programmingStudy(
  device: CellModel,
  { algorithm, program }: SimulatedProgramming,
  options: ProgrammingOptions,
): ProgrammingResult {
  const { levelsS, cells, tolerance, limit } = options;
  const programmed = programLevels(device, { ...options, program: (...call) => program('pulses', ...call) });
  const { pulses, failed, restarts = 0, pulseJoules } = programmed.outcome;
  const levels = programmed.at(0);
  const reached: number[] = [];
  let [squares, relative, total] = [0, 0, 0];
  levelsS.forEach((goal, level) => {
    for (let cell = 0; cell < cells; cell++) {
      const count = pulses[level * cells + cell]!;
      const error = levels[level]![cell]! - goal;
      total += count;
      squares += error * error;
      if (count >= limit) continue;
      reached.push(count);
      relative += (error / Math.max(goal, 1e-12)) ** 2;
    }
  });
  const count = levelsS.length * cells;
  return {
    algorithm: algorithm.name,
    tolerance,
    cells: count,
    failed,
    pulses: reached,
    restarts,
    errorS: Math.sqrt(squares / count),
    relativeError: Math.sqrt(relative / Math.max(1, reached.length)),
    secondsPerCell: (total / count) * device.pulseSeconds + (total / count + 1) * device.verifySeconds,
    joulesPerCell: pulseJoules / count,
    peakV: algorithm.peakV,
  };
}

const percent = (share: number): string => `${Number((share * 100).toPrecision(3))} %`;

/** A row for every algorithm and acceptance. */
export const programmingTable = (results: readonly ProgrammingResult[]): LaboratoryTable => ({
  name: 'programming',
  title: 'Programming, pulse by pulse',
  columns: [
    { name: 'algorithm', unit: '' },
    { name: 'acceptance', unit: '' },
    { name: 'mean pulses', unit: '1' },
    { name: '95 % need at most', unit: '1' },
    { name: 'failed', unit: 'share' },
    { name: 'erased again', unit: '1' },
    { name: 'error', unit: 'S' },
    { name: 'time of a cell', unit: 's' },
    { name: 'energy of a cell', unit: 'J' },
    { name: 'peak', unit: 'V' },
  ],
  rows: results.map((result) => [
    result.algorithm,
    percent(result.tolerance),
    moments(result.pulses).mean,
    quantile(result.pulses, 0.95),
    result.failed / result.cells,
    result.restarts / result.cells,
    result.errorS,
    result.secondsPerCell,
    result.joulesPerCell,
    result.peakV,
  ]),
});

const bars = 40;

/** Histogram of pulse counts, curve by curve, as shares of the cells that reached their target. */
export const pulseHistogram = (results: readonly ProgrammingResult[]): Series => ({
  name: 'programming-pulses',
  title: 'Pulses a cell needs',
  x: { name: 'pulses', unit: '1' },
  y: { name: 'share of cells', unit: '1' },
  mark: 'line',
  points: results.flatMap(({ algorithm, tolerance, pulses }) => {
    const width = Math.max(1, Math.ceil(quantile(pulses, 0.99) / bars));
    const counts = new Float64Array(bars);
    for (const count of pulses) {
      const bar = Math.floor(count / width);
      if (bar < bars) counts[bar]! += 1;
    }
    const curve = `${algorithm}, ${percent(tolerance)}`;
    return Array.from(counts, (count, bar) => ({ curve, x: (bar + 0.5) * width, y: count / pulses.length }));
  }),
});

/** Conductances of the published programming study: 35 levels from 10 to 90 uS. */
export const publishedLevels = evenLevels(10e-6, 90e-6, 35);

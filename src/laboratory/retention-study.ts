import type { CellModel } from '../device/cell-model.ts';
import { moments } from '../numeric/moments.ts';
import { evenLevels, programLevels } from './cell-experiment.ts';
import type { LaboratoryTable, Series } from './laboratory-report.ts';

const decades = 35;
const latest = 315576000;
const times = Array.from({ length: decades }, (_, index) => latest ** (index / (decades - 1)));

export interface RetentionOptions {
  readonly cells: number;
  readonly tolerance: number;
  readonly limit: number;
  readonly seed: number;
}

/** Mean shift and spread since programming, and low-frequency read noise, from 1 s to 10 years at three levels inside the window. */
export function retentionStudy(
  device: CellModel,
  options: RetentionOptions,
): { readonly table: LaboratoryTable; readonly series: readonly Series[] } {
  const span = device.maxS - device.minS;
  const levelsS = evenLevels(device.minS + 0.2 * span, device.minS + 0.8 * span, 3);
  const programmed = programLevels(device, { ...options, levelsS });
  const fresh = programmed.at(0);
  const points = times.flatMap((seconds) => {
    const [still, noisy] = [programmed.at(seconds), programmed.at(seconds, true)];
    return levelsS.map((level, row) => {
      const shift = moments(still[row]!.map((value, cell) => value - fresh[row]![cell]!));
      const noise = moments(noisy[row]!.map((value, cell) => value - still[row]![cell]!));
      const curve = `${Number((level * 1e6).toPrecision(3))} uS`;
      return { curve, seconds, shift: shift.mean, spread: shift.deviation, noise: noise.deviation };
    });
  });
  const series = (name: string, title: string, pick: 'shift' | 'spread' | 'noise', label: string): Series => ({
    name,
    title,
    x: { name: 'time since programming', unit: 's', logarithmic: true },
    y: { name: label, unit: 'S' },
    mark: 'line',
    points: points.map((point) => ({ curve: point.curve, x: point.seconds, y: point[pick] })),
  });
  const table: LaboratoryTable = {
    name: 'retention',
    title: 'Relaxation and low-frequency read noise',
    columns: [
      { name: 'level', unit: '' },
      { name: 'after', unit: 's' },
      { name: 'mean shift', unit: 'S' },
      { name: 'spread of it', unit: 'S' },
      { name: 'read noise', unit: 'S' },
    ],
    rows: points
      .filter(({ seconds }) => [times[0], times.at(-1)].includes(seconds))
      .map(({ curve, seconds, shift, spread, noise }) => [curve, seconds, shift, spread, noise]),
  };
  return {
    table,
    series: [
      series('relaxation-mean', 'Mean shift since programming', 'shift', 'mean shift'),
      series('relaxation-spread', 'Spread of the shift since programming', 'spread', 'standard deviation'),
      series('read-noise', 'Low-frequency read noise', 'noise', 'standard deviation'),
    ],
  };
}

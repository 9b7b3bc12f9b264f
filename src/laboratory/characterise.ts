import type { CellModel } from '../device/cell-model.ts';
import type { Progress } from '../simulate/progress.ts';
import { evenLevels, programLevels } from './cell-experiment.ts';
import { disturbStudy } from './disturb-study.ts';
import type { LaboratoryReport, LaboratoryTable, Series } from './laboratory-report.ts';
import { levelStudy } from './level-study.ts';
import { programmingStudy, programmingTable, pulseHistogram } from './programming-study.ts';
import { retentionStudy } from './retention-study.ts';
import { staircaseStudy } from './staircase-study.ts';

export interface CharacteriseOptions {
  /** Cells over all levels. */
  readonly cells: number;
  readonly tolerances: readonly number[];
  readonly limit: number;
  readonly seed: number;
  /** Deviations from one level to the next in the count of levels. */
  readonly sigmas?: number;
}

export const defaultCharacterise: CharacteriseOptions = { cells: 100_000, tolerances: [0.002, 0.02], limit: 500, seed: 1 };

const usualLevels = 35;
const ages = [
  { label: 'programming', seconds: 0 },
  { label: '1 s', seconds: 1 },
  { label: '10 min', seconds: 600 },
  { label: '1 h', seconds: 3600 },
  { label: '1 day', seconds: 86400 },
  { label: '10 years', seconds: 315576000 },
];
const pulseByPulseCells = 8000;
const pulsedCells = 200;

/** Measures a device as a laboratory would: levels, programming, retention, open-loop pulses, half-select disturb. */
export function characterise(device: CellModel, options: CharacteriseOptions, progress: Progress): LaboratoryReport {
  const { cells, tolerances, limit, seed, sigmas } = options;
  const stage = progress.stage(`characterise ${device.kind}`, 5);
  const levelsS = evenLevels(device.minS, device.maxS, Math.min(device.levels ?? usualLevels, 64));
  const tolerance = tolerances[0]!;
  const perLevel = Math.max(2, Math.ceil(cells / levelsS.length));
  const programmed = programLevels(device, { levelsS, cells: perLevel, tolerance, limit, seed });
  const levels = levelStudy(device, levelsS, programmed, ages, sigmas === undefined ? {} : { sigmas });
  stage.update(1, 'levels');
  const few = { levelsS, cells: Math.ceil(Math.min(cells, pulseByPulseCells) / levelsS.length), limit, seed };
  const programming = (device.simulated ?? []).flatMap((simulated, index) =>
    // the ramps have no acceptance band: once is enough
    (index === 0 && simulated.algorithm.response !== undefined ? tolerances : tolerances.slice(0, 1)).map((accepted) =>
      programmingStudy(device, simulated, { ...few, tolerance: accepted }),
    ),
  );
  stage.update(2, 'programming');
  const retention = retentionStudy(device, { cells: Math.min(4000, perLevel), tolerance, limit, seed });
  stage.update(3, 'retention');
  const staircase = staircaseStudy(device, pulsedCells, seed);
  stage.update(4, 'pulses');
  const disturb = disturbStudy(device);
  stage.done();
  const tables: LaboratoryTable[] = [levels.table];
  const series: Series[] = [...levels.series];
  if (programming.length > 0) {
    tables.push(programmingTable(programming));
    series.push(pulseHistogram(programming));
  }
  tables.push(retention.table);
  series.push(...retention.series);
  if (staircase !== undefined) {
    tables.push(staircase.table);
    series.push(...staircase.series);
  }
  if (disturb !== undefined) {
    tables.push(disturb.table);
    series.push(disturb.series);
  }
  return {
    schema: 'ohmic.laboratory/1',
    name: device.kind,
    title: device.doc,
    rows: [],
    tables,
    series,
    notes: [
      `${levelsS.length * perLevel} cells programmed by the device's own statistics at ${tolerance * 100} % acceptance; ${programming.length === 0 ? 'programming is not simulated pulse by pulse' : `${few.cells * levelsS.length} more pulse by pulse`}.`,
      ...(staircase === undefined ? ['The device has no open-loop pulse response: no staircases and no disturb.'] : []),
      ...(disturb === undefined
        ? []
        : [
            'Disturb follows the compact model of CMO/HfOx in voltage and the ratio of the device at half voltage; noise left out.',
          ]),
    ],
  };
}

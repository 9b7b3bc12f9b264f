import { cmoHfox } from '../device/cmo-hfox.ts';
import { moments } from '../numeric/moments.ts';
import { programLevels } from './cell-experiment.ts';
import type { LaboratoryExperiment } from './laboratory-experiment.ts';
import { levelStudy } from './level-study.ts';
import { programmingRows, publishedLoops } from './programming-rows.ts';
import { programmingTable, publishedLevels, pulseHistogram } from './programming-study.ts';
import { judge, type ValidationRow } from './row.ts';
import { stateRows } from './state-rows.ts';

const source = 'Falcone 2025';
const cells = 2000;

/** Programming error of the simulated loop on the lowest level: the paper's 10 nS. */
function noiseRow(): ValidationRow {
  const [loop] = cmoHfox.simulated!;
  const levelsS = [cmoHfox.minS];
  const options = { levelsS, cells: 4000, tolerance: 0.002, limit: 20_000, seed: 5 };
  const [values] = programLevels(cmoHfox, { ...options, program: (...call) => loop!.program('pulses', ...call) }).at(0);
  const { deviation, count } = moments(values!);
  return judge({
    ...{ id: 'states-noise', published: 10e-9, value: deviation, unit: 'S', tolerance: 0.25, class: 'out-of-sample', source },
    name: 'programming error of the simulated loop at 9 uS, 0.2 % acceptance, no limit to speak of',
    samples: count,
    standardError: deviation / Math.sqrt(2 * count),
  });
}

function peakRow(): ValidationRow {
  const peak = Math.max(...cmoHfox.simulated!.map(({ algorithm }) => algorithm.peakV));
  return judge({
    ...{ id: 'states-peak', published: 1.5, value: peak, unit: 'V', tolerance: 0, toleranceKind: 'at most' as const },
    name: 'largest voltage across a cell (paper: below 1.5 V)',
    class: 'in-sample',
    source,
  });
}

/** States, overlap over time, programming noise, pulses and energy against acceptance, peak voltage. */
export const falconeStates: LaboratoryExperiment = {
  name: 'falcone-states',
  run({ seed, progress }) {
    const stage = progress.stage('states of CMO/HfOx', 3);
    const tolerances = [0.002, 0.005, 0.01, 0.02, 0.05];
    const loops = publishedLoops(tolerances);
    stage.update(1, 'programming');
    const programmed = programLevels(cmoHfox, { levelsS: publishedLevels, cells, tolerance: 0.002, limit: 500, seed });
    const levels = levelStudy(cmoHfox, publishedLevels, programmed, [
      { label: '1 s', seconds: 1 },
      { label: '10 min', seconds: 600 },
      { label: '1 h', seconds: 3600 },
      { label: '1 day', seconds: 86400 },
    ]);
    stage.update(2, 'levels');
    const rows = [...stateRows(), ...programmingRows(), noiseRow(), peakRow()];
    stage.done();
    return {
      schema: 'ohmic.laboratory/1',
      name: 'falcone-states',
      title: 'separable states, programming noise, pulses and energy of CMO/HfOx',
      rows,
      tables: [programmingTable(loops), levels.table],
      series: [
        ...levels.series,
        pulseHistogram(loops),
        {
          name: 'noise-against-acceptance',
          title: 'Programming error against acceptance, pulse by pulse',
          x: { name: 'acceptance', unit: '1' },
          y: { name: 'relative error of cells that reached their target', unit: '1' },
          mark: 'line',
          points: loops.map(({ tolerance, relativeError }) => ({ curve: 'closed loop', x: tolerance, y: relativeError })),
        },
      ],
      notes: [
        'The table clamps cells to the window 9-88.2 uS; rows V8 to V10 use 8-90 uS without clamping, as published.',
        'Errors in the programming table include the cells that failed.',
      ],
    };
  },
};

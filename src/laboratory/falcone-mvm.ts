import type { LaboratoryExperiment } from './laboratory-experiment.ts';
import type { LaboratoryReport } from './laboratory-report.ts';
import { coarseStudies, comparatorStudies, fineStudies, type MvmStudy, paperRows, studyRows } from './mvm-studies.ts';
import type { ValidationRow } from './row.ts';

/** 64 x 64 products from programming to 10 years at both acceptances, beside NeuRRAM, PCM and HfO2 1T1R cells. */
export const falconeMvm: LaboratoryExperiment = {
  name: 'falcone-mvm',
  run({ instances = 40, progress }): LaboratoryReport {
    const studies = [fineStudies[0]!, ...coarseStudies, ...comparatorStudies];
    const stage = progress.stage('64 x 64 products', studies.length);
    const measured = studies.map((study, index): { study: MvmStudy; rows: readonly ValidationRow[] } => {
      const rows = studyRows(study, instances);
      stage.update(index + 1, study.id);
      return { study, rows };
    });
    stage.done();
    const fine = measured[0]!.rows;
    return {
      schema: 'ohmic.laboratory/1',
      name: 'falcone-mvm',
      title: 'error of 64 x 64 matrix-vector products from programming to 10 years',
      rows: [...measured.flatMap(({ rows }) => rows), ...paperRows(fine)],
      tables: [],
      series: [
        {
          name: 'mvm-error',
          title: 'Error of y = W x, W and x uniform in +-1',
          x: { name: 'time since programming (first point: right after)', unit: 's', logarithmic: true },
          y: { name: 'root mean square error', unit: '1' },
          mark: 'line',
          points: measured.flatMap(({ study, rows }) =>
            rows.map((row, age) => ({ curve: study.name, x: Math.max(0.1, study.ages[age]!), y: row.value })),
          ),
        },
      ],
      notes: [
        `${instances} programmed arrays a row, every one with its own weights and 100 input vectors.`,
        'The paper compares a simulated CMO array with a measured NeuRRAM figure; with equal converters the ratio is that of V5 to V1.',
      ],
    };
  },
};

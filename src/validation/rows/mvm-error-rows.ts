import {
  analyticRow,
  coarseStudies,
  comparatorStudies,
  fineStudies,
  paperRows,
  studyRows,
} from '../../laboratory/mvm-studies.ts';
import type { RowFamily } from '../row-family.ts';

const draws = 40;

export const mvmErrorRows: RowFamily = {
  name: '64 x 64 MVM errors of CMO/HfOx',
  ids: [...fineStudies, ...coarseStudies].map(({ id }) => id).concat('V3', 'V4'),
  measure: () => {
    const fine = fineStudies.flatMap((study) => studyRows(study, draws));
    const coarse = coarseStudies.flatMap((study) => studyRows(study, draws));
    return [...fine, ...coarse, ...paperRows(fine), analyticRow(draws)];
  },
};

export const comparatorRows: RowFamily = {
  name: '64 x 64 MVM errors of other cells',
  ids: comparatorStudies.map(({ id }) => id),
  measure: () => comparatorStudies.flatMap((study) => studyRows(study, draws)),
};

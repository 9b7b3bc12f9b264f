import type { Survey } from '../../explore/survey.ts';
import { pointRecords } from '../../report/sweep-export.ts';
import type { OpenSweep } from './open-sweep.ts';

/** `ohmic.sweep-points/1`: every finished point of a sweep. */
export const sweepDocument = ({ spec, folder }: OpenSweep, { rows, complete, items }: Survey): unknown => ({
  schema: 'ohmic.sweep-points/1',
  name: spec.name,
  folder,
  complete,
  items: items.length,
  objectives: spec.objectives.map(({ metric, sign }) => ({ metric: metric.name, aim: sign === 1 ? 'min' : 'max' })),
  points: pointRecords(spec, rows),
});

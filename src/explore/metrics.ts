import type { Report } from '../simulate/report.ts';
import type { Dimension } from '../units/dimensions.ts';

/** Something a design point is judged by. */
export interface Metric {
  readonly name: string;
  readonly doc: string;
  readonly better: 'less' | 'more';
  /** Unit of the stored number, for tables and charts. */
  readonly unit: 's' | 'J' | 'W' | 'm2' | '%' | 'count' | 'number' | 'TOPS' | 'TOPS/W' | 'samples/s';
  /** For limits with a unit; `1` takes plain numbers and `%`. */
  readonly dimension: Dimension;
  /** Which half of the simulation gives the figure; a fidelity without it has none. */
  readonly needs: 'values' | 'time' | 'neither';
  readonly of: (report: Report) => number | undefined;
}

/** Can a run of this fidelity tell? */
export const isMeasured = ({ needs }: Metric, fidelity: Report['fidelity']): boolean =>
  fidelity === 'full' || needs === 'neither' || needs === (fidelity === 'values' ? 'values' : 'time');

const mean = (values: readonly (number | undefined)[]): number | undefined => {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : known.reduce((sum, value) => sum + value, 0) / known.length;
};
const epochs = (report: Report) => report.training?.epochs ?? [];
const product = (left: number | undefined, right: number | undefined) =>
  left === undefined || right === undefined ? undefined : left * right;

const metric = (
  name: string,
  better: Metric['better'],
  unit: Metric['unit'],
  dimension: Dimension,
  doc: string,
  of: Metric['of'],
): Metric => {
  const needs = name.startsWith('accuracy') || name === 'wear' ? 'values' : name === 'area' ? 'neither' : 'time';
  return { name, better, unit, dimension, doc, needs, of };
};

/** Every metric, in the order in which tables show them. */
export const metrics: readonly Metric[] = [
  metric('accuracy', 'more', '%', '1', 'test accuracy at the first age, mean over chip instances', (r) => r.accuracy?.simulated),
  metric('accuracyAged', 'more', '%', '1', 'test accuracy at the last age', (r) => r.accuracy?.byAge.at(-1)?.accuracy),
  metric('accuracyLoss', 'less', '%', '1', 'accuracy of the float reference less that of the chip at the first age', (r) =>
    r.accuracy?.reference === undefined ? undefined : r.accuracy.reference - r.accuracy.simulated,
  ),
  metric('energyPerSample', 'less', 'J', 'J', 'energy of one inference', (r) => r.energy?.perSample?.total),
  metric('energyProgramming', 'less', 'J', 'J', 'energy of programming the weights', (r) => r.energy?.programming),
  metric('energyPerEpoch', 'less', 'J', 'J', 'energy of one training epoch, mean over epochs', (r) =>
    mean(epochs(r).map(({ energy }) => energy)),
  ),
  metric('secondsPerEpoch', 'less', 's', 's', 'time of one training epoch, mean over epochs', (r) =>
    mean(epochs(r).map(({ seconds }) => seconds)),
  ),
  metric('latency', 'less', 's', 's', 'one sample alone on the idle chip', (r) => r.time?.latencySeconds),
  metric('throughput', 'more', 'samples/s', '1', 'samples per second', (r) => r.time?.samplesPerSecond),
  metric('energyDelay', 'less', 'number', '1', 'energy of one inference x its latency, J s', (r) =>
    product(r.energy?.perSample?.total, r.time?.latencySeconds),
  ),
  metric('area', 'less', 'm2', 'm2', 'area of the chip', (r) => r.area.total),
  metric('power', 'less', 'W', 'W', 'average power over the whole program', (r) => r.power?.average),
  metric('wear', 'less', '%', '1', 'largest share of its endurance that a cell has used up, after training', (r) =>
    r.training === undefined ? undefined : Math.max(0, ...r.training.endurance.map(({ consumed }) => consumed)),
  ),
  metric('topsPerWatt', 'more', 'TOPS/W', '1', 'tera-operations per second and watt', (r) => r.efficiency?.topsPerWatt),
  metric('pulses', 'less', 'count', '1', 'programming and update pulses of the first chip', (r) =>
    r.fidelity === 'values' || r.activity.pulses === 0 ? undefined : r.activity.pulses,
  ),
];

export const metricNames: readonly string[] = metrics.map(({ name }) => name);

/** @throws RangeError for a name that is none of `metricNames`. */
export function metricNamed(name: string): Metric {
  const found = metrics.find((candidate) => candidate.name === name);
  if (found === undefined) throw new RangeError(`metric is ${name}; want one of ${metricNames.join(', ')}`);
  return found;
}

/** What a report says of a point: metrics it has no figure for are left out. */
export function metricsOf(report: Report): Readonly<Record<string, number>> {
  const known = metrics.flatMap(({ name, of }) => {
    const value = of(report);
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(known);
}

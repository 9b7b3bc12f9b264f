import { halfWidth95, moments } from '../numeric/moments.ts';
import { type Point, pointName } from './axis.ts';
import type { ItemResult } from './item-result.ts';
import { type Constraint, type Objective, violation } from './objective.ts';

/** A figure of a design point: mean over its repeats. */
export interface Estimate {
  readonly mean: number;
  /** Half-width of the 95 % interval over repeats, or over chip instances when there is one repeat; absent when neither tells. */
  readonly interval95?: number;
}

/** A design point with everything known of it. Later stages overwrite what earlier ones found. */
export interface SweepRow {
  readonly name: string;
  readonly point: Point;
  /** Item of the first repeat at the last stage it reached: what `sweep show` takes. */
  readonly id: string;
  /** The last stage it reached, from 0. */
  readonly stage: number;
  readonly status: 'pending' | 'ok' | 'failed';
  readonly failure?: string;
  readonly metrics: Readonly<Record<string, Estimate>>;
  readonly breakdown: ItemResult['breakdown'];
  readonly warnings: readonly string[];
  /** Constraints that do not hold, as written. */
  readonly broken: readonly string[];
  readonly violation: number;
}

export const newRow = (point: Point): SweepRow => ({
  name: pointName(point),
  point,
  id: '',
  stage: 0,
  status: 'pending',
  metrics: {},
  breakdown: {},
  warnings: [],
  broken: [],
  violation: 0,
});

/** The row after one more stage; `results` are its repeats, undefined where still to come. */
export function withResults(
  row: SweepRow,
  stage: number,
  id: string,
  results: readonly (ItemResult | undefined)[],
  constraints: readonly Constraint[],
): SweepRow {
  const reached = { ...row, stage, id };
  const known = results.filter((result) => result !== undefined);
  if (known.length < results.length) return { ...reached, status: 'pending' };
  const failure = known.find((result) => result.failure !== undefined)?.failure;
  if (failure !== undefined) return { ...reached, status: 'failed', failure: failure.message };
  const metrics = { ...row.metrics, ...estimates(known) };
  const first = known[0]!;
  const broken = constraints.filter((constraint) => excess(constraint, metrics) > 0);
  return {
    ...reached,
    status: 'ok',
    metrics,
    breakdown: { ...row.breakdown, ...first.breakdown },
    warnings: first.warnings,
    broken: broken.map(({ text }) => text),
    violation: broken.reduce((sum, constraint) => sum + excess(constraint, metrics), 0),
  };
}

/** A constraint nobody measured yet is not broken. */
const excess = (constraint: Constraint, metrics: SweepRow['metrics']): number => {
  const value = metrics[constraint.metric.name]?.mean;
  return value === undefined ? 0 : violation(constraint, value);
};

function estimates(results: readonly ItemResult[]): Record<string, Estimate> {
  const [first] = results;
  return Object.fromEntries(
    Object.keys(first!.metrics).map((name) => {
      const spread = moments(results.map(({ metrics }) => metrics[name] ?? Number.NaN));
      const interval95 = results.length > 1 ? halfWidth95(spread) : first!.intervals[name];
      return [name, { mean: spread.mean, ...(interval95 === undefined ? {} : { interval95 }) }];
    }),
  );
}

/** What the objectives make of a row, every number to be made small; undefined while one is missing. */
export function costsOf({ metrics }: SweepRow, objectives: readonly Objective[]): readonly number[] | undefined {
  const costs = objectives.map(({ metric, sign }) => sign * (metrics[metric.name]?.mean ?? Number.NaN));
  return costs.some(Number.isNaN) ? undefined : costs;
}

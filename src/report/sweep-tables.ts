import { metricNamed, metricNames } from '../explore/metrics.ts';
import { type Front, frontOf } from '../explore/select-rows.ts';
import type { Survey } from '../explore/survey.ts';
import type { SweepRow } from '../explore/sweep-row.ts';
import type { SweepSpec } from '../explore/sweep-spec.ts';
import { type Cell, type DataTable, measure, shareRows, type Unit } from './data-table.ts';
import { formatMeasure } from './format-measure.ts';

/** Rows a table of the terminal shows before it refers to the files. */
const shownRows = 25;

/** `98.05 % ± 0.3 pp`, or the bare figure. */
function figure(row: SweepRow, name: string): Cell {
  const estimate = row.metrics[name];
  if (estimate === undefined) return undefined;
  const { unit } = metricNamed(name);
  if (estimate.interval95 === undefined || !Number.isFinite(estimate.interval95)) return measure(estimate.mean, unit);
  const spread: Unit = unit === '%' ? 'points' : unit;
  return `${formatMeasure(measure(estimate.mean, unit))} ± ${formatMeasure(measure(estimate.interval95, spread))}`;
}

const columnsOf = ({ objectives, constraints }: SweepSpec): readonly string[] => [
  ...new Set([...objectives, ...constraints].map(({ metric }) => metric.name)),
];

/** The Pareto front with the knee marked, best in the first objective first. */
export function frontTable(spec: SweepSpec, { rows, knee }: Front): DataTable {
  const names = columnsOf(spec);
  const shown = thinned(rows, knee);
  const rest = rows.length > shown.length ? `, ${shown.length} of ${rows.length} shown, evenly` : '';
  const aims = spec.objectives.map(({ metric, sign }) => `${sign === 1 ? 'least' : 'most'} ${metric.name}`).join(', ');
  return {
    name: 'front',
    title: `Pareto front: ${aims}${rest}`,
    columns: ['design', ...names, ''],
    rows: shown.map((row) => [row.name, ...names.map((name) => figure(row, name)), row === knee ? 'knee' : '']),
  };
}

/** Ends, knee and an even choice between them. */
function thinned(rows: readonly SweepRow[], knee: SweepRow | undefined): readonly SweepRow[] {
  if (rows.length <= shownRows) return rows;
  const chosen = Array.from(
    { length: shownRows },
    (_, index) => rows[Math.round((index * (rows.length - 1)) / (shownRows - 1))]!,
  );
  return rows.filter((row) => row === knee || chosen.includes(row));
}

/** Failed points by what was wrong, most frequent first. */
export function failureTable(rows: readonly SweepRow[]): DataTable | undefined {
  const byMessage = new Map<string, SweepRow[]>();
  for (const row of rows) {
    if (row.status !== 'failed') continue;
    const message = row.failure!.split('\n')[0]!;
    byMessage.set(message, [...(byMessage.get(message) ?? []), row]);
  }
  if (byMessage.size === 0) return undefined;
  const entries = [...byMessage].sort(([, a], [, b]) => b.length - a.length).slice(0, shownRows);
  return {
    name: 'failed',
    title: 'Failed points',
    columns: ['reason', 'points', 'for example'],
    rows: entries.map(([message, own]) => [message, measure(own.length, 'count'), own[0]!.name]),
  };
}

/** What there is of a sweep. */
export function statusTable(spec: SweepSpec, { rows, items, complete }: Survey, missing: number): DataTable {
  const count = (status: SweepRow['status']) => rows.filter((row) => row.status === status).length;
  const line = (name: string, value: number): readonly Cell[] => [name, measure(value, 'count')];
  return {
    name: 'status',
    title: `${spec.name}: ${complete ? 'complete' : 'not complete'}`,
    columns: ['', 'count'],
    rows: [
      line('points known so far', rows.length),
      line('points done', count('ok')),
      line('points failed', count('failed')),
      line('points waiting', count('pending')),
      line('items known so far', items.length),
      line('items without a result', missing),
      line('points that break a constraint', rows.filter(({ broken }) => broken.length > 0).length),
      line('points on the Pareto front', frontOf(rows, spec.objectives).rows.length),
    ],
  };
}

/** One design point: what it changes, its figures and where they go. */
export function pointTables(row: SweepRow, base: (path: string) => unknown): readonly DataTable[] {
  const changes: DataTable = {
    name: 'changes',
    title: `Design point ${row.id.slice(0, 12)}: changes of the base`,
    columns: ['path', 'value', 'base'],
    rows: Object.entries(row.point).map(([path, value]) => [path, String(value), describe(base(path))]),
  };
  const figures: DataTable = {
    name: 'figures',
    title: 'Figures',
    columns: ['', 'value'],
    rows: metricNames.filter((name) => row.metrics[name] !== undefined).map((name) => [name, figure(row, name)]),
  };
  const units: Readonly<Record<string, Unit>> = { area: 'm2', energy: 'J', time: 's' };
  const parts = Object.entries(row.breakdown).flatMap(([name, breakdown]): DataTable[] => {
    const unit = units[name.split(' ')[0]!];
    if (unit === undefined) return [];
    const title = name[0]!.toUpperCase() + name.slice(1);
    return [{ name: name.replaceAll(' ', '-'), title, columns: ['part', 'value', 'share'], rows: shareRows(breakdown, unit) }];
  });
  return [changes, ...(figures.rows.length === 0 ? [] : [figures]), ...parts];
}

const describe = (value: unknown): string => (value === undefined ? 'the standard value' : String(value));

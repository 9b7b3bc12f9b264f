import { canonicalJson } from '../config/canonical-json.ts';
import { metricNames } from '../explore/metrics.ts';
import { frontOf } from '../explore/select-rows.ts';
import type { SweepRow } from '../explore/sweep-row.ts';
import type { SweepSpec } from '../explore/sweep-spec.ts';

/** A design point as files hold it. */
export interface PointRecord {
  readonly id: string;
  readonly name: string;
  readonly stage: number;
  readonly status: 'ok' | 'failed';
  readonly failure?: string;
  readonly feasible: boolean;
  readonly front: boolean;
  readonly knee: boolean;
  readonly point: SweepRow['point'];
  readonly metrics: SweepRow['metrics'];
  readonly breakdown: SweepRow['breakdown'];
  readonly broken: readonly string[];
  readonly warnings: readonly string[];
}

/** Every finished point, by id: the same records in the same order however, wherever and in whatever order they were computed. */
export function pointRecords({ objectives }: SweepSpec, rows: readonly SweepRow[]): readonly PointRecord[] {
  const { rows: front, knee } = frontOf(rows, objectives);
  const onFront = new Set(front);
  const records = rows.flatMap((row): PointRecord[] => {
    const { id, name, stage, status, failure, point, metrics, breakdown, broken, warnings } = row;
    if (status === 'pending') return [];
    const verdict = { feasible: status === 'ok' && broken.length === 0, front: onFront.has(row), knee: row === knee };
    const reason = failure === undefined ? {} : { failure };
    return [{ id, name, stage, status, ...reason, ...verdict, point, metrics, breakdown, broken, warnings }];
  });
  return records.sort((a, b) => (a.id < b.id || (a.id === b.id && a.name < b.name) ? -1 : 1));
}

/** One canonical JSON document a line. */
export const recordsAsJsonLines = (records: readonly PointRecord[]): string =>
  records.map((record) => `${canonicalJson(record)}\n`).join('');

export type FlatCell = string | number | boolean | undefined;

/** Records as columns: a flat table for spreadsheets and data frames. */
export interface FlatTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly FlatCell[])[];
}

/** `id`, `name`, verdicts, a column an axis, a column a metric and a column a 95 % interval. SI units. */
export function flatTable({ axes }: SweepSpec, records: readonly PointRecord[]): FlatTable {
  const metrics = metricNames.filter((name) => records.some((record) => record.metrics[name] !== undefined));
  const spread = metrics.filter((name) => records.some((record) => record.metrics[name]?.interval95 !== undefined));
  const paths = axes.map(({ path }) => path);
  return {
    columns: [
      ...['id', 'name', 'stage', 'status', 'failure', 'feasible', 'front', 'knee'],
      ...paths,
      ...metrics,
      ...spread.map((name) => `${name}.interval95`),
    ],
    rows: records.map((record) => [
      ...[record.id, record.name, record.stage, record.status, record.failure, record.feasible, record.front, record.knee],
      ...paths.map((path) => record.point[path]),
      ...metrics.map((name) => record.metrics[name]?.mean),
      ...spread.map((name) => record.metrics[name]?.interval95),
    ]),
  };
}

const csvField = (cell: FlatCell): string => {
  const text = cell === undefined ? '' : String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** RFC 4180 with a head line, `\n` line ends. */
export const flatTableAsCsv = ({ columns, rows }: FlatTable): string =>
  [columns, ...rows].map((row) => `${row.map(csvField).join(',')}\n`).join('');

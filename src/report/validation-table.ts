import { isRelative, type ToleranceKind, type ValidationRow } from '../validation/row.ts';
import type { Validation } from '../validation/validate.ts';
import { type Cell, type DataTable, isUnit, measure } from './data-table.ts';
import { formatCell } from './format-measure.ts';

/** Numbers in a unit that prints with prefixes; any other keeps its unit as text. */
function figure(value: number, unit: string): Cell {
  if (isUnit(unit)) return measure(value, unit);
  return `${Number(value.toPrecision(4))}${unit === '' || unit === '1' ? '' : ` ${unit}`}`;
}

const percent = (fraction: number, digits = 2): string => `${(fraction * 100).toFixed(digits)} %`;

const signs: Readonly<Partial<Record<ToleranceKind, string>>> = { 'at most': 'up to +', 'at least': 'down to -' };

function deviationOf({ deviation, toleranceKind, unit }: ValidationRow): Cell {
  return isRelative(toleranceKind) ? percent(deviation) : figure(deviation, unit);
}

function toleranceOf({ tolerance, toleranceBelow, toleranceKind, unit, informative, stored }: ValidationRow): Cell {
  if (informative === true && stored === undefined) return 'not judged';
  const size = (room: number): string => (isRelative(toleranceKind) ? percent(room, 1) : formatCell(figure(room, unit)));
  if (toleranceBelow !== undefined) return `+${size(tolerance)} / -${size(toleranceBelow)}`;
  return `${signs[toleranceKind] ?? '± '}${size(tolerance)}`;
}

function verdict({ ok, informative, stored }: ValidationRow): string {
  if (stored !== undefined) return stored.stale ? `stale (${stored.date})` : `stored ${stored.date}${ok ? '' : ', out'}`;
  return informative === true ? 'context' : ok ? 'ok' : 'FAILED';
}

/** Published figure beside ours, a line a row; a failed one says so in words, not by colour. Rows of one experiment share its runtime. */
export const validationTable = ({ rows }: Validation): DataTable => ({
  name: 'validation',
  title: 'Published figures and what this version gives',
  columns: ['row', 'what', 'published', 'here', 'deviation', 'tolerance', 'verdict', 'class', 'runtime', 'source'],
  rows: rows.map((row) => [
    row.id,
    row.name,
    figure(row.published, row.unit),
    figure(row.value, row.unit),
    deviationOf(row),
    toleranceOf(row),
    verdict(row),
    row.class,
    row.runtimeSeconds === undefined ? '' : `${row.runtimeSeconds.toFixed(2)} s`,
    row.source,
  ]),
});

/** `14 of 15 judged rows within tolerance; failed: V4.` */
export function validationSummary({ rows }: Validation): string {
  const judged = rows.filter(({ informative }) => informative !== true);
  const failed = judged.filter(({ ok }) => !ok).map(({ id }) => id);
  const counts = `${judged.length - failed.length} of ${judged.length} judged rows within tolerance`;
  return failed.length === 0 ? `${counts}.\n` : `${counts}; failed: ${failed.join(', ')}.\n`;
}

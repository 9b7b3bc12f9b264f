import type { LaboratoryReport, LaboratoryTable, Quantity, Series } from '../laboratory/laboratory-report.ts';
import { type Cell, type DataTable, isUnit, measure } from './data-table.ts';
import { validationTable } from './validation-table.ts';

function cellOf(value: string | number, { unit }: Quantity): Cell {
  if (typeof value === 'string') return value;
  if (unit === 'share') return measure(value, '%');
  if (unit === '1') return measure(value, 'number');
  return isUnit(unit) ? measure(value, unit) : `${Number(value.toPrecision(4))} ${unit}`;
}

const tableOf = ({ name, title, columns, rows }: LaboratoryTable): DataTable => ({
  name,
  title,
  columns: columns.map((column) => column.name),
  rows: rows.map((row) => row.map((value, index) => cellOf(value, columns[index]!))),
});

/** Published figures beside ours where there are any, then the tables of a report. */
export const laboratoryTables = (report: LaboratoryReport): readonly DataTable[] => [
  ...(report.rows.length === 0
    ? []
    : [{ ...validationTable({ schema: 'ohmic.validation/1', rows: report.rows, ok: report.rows.every(({ ok }) => ok) }) }]),
  ...report.tables.map(tableOf),
];

const quoted = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const header = ({ name, unit }: Quantity): string => quoted(unit === '' || unit === '1' ? name : `${name} (${unit})`);

/** A series as CSV: curve, x, y, full precision. */
export const seriesCsv = ({ x, y, points }: Series): string =>
  [`curve,${header(x)},${header(y)}`, ...points.map((point) => `${quoted(point.curve)},${point.x},${point.y}`)]
    .join('\n')
    .concat('\n');

/** A table as CSV, numbers in full precision. */
export const tableCsv = ({ columns, rows }: LaboratoryTable): string =>
  [columns.map(header), ...rows.map((row) => row.map((value) => quoted(String(value))))]
    .map((row) => row.join(','))
    .join('\n')
    .concat('\n');

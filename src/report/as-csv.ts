import type { Cell, DataTable } from './data-table.ts';

/** RFC 4180: quoted only where needed, quotes doubled. */
const field = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

const cellFields = (cell: Exclude<Cell, undefined>): readonly [string, string] =>
  typeof cell === 'string'
    ? [cell, '']
    : [String(cell.value), cell.unit === 'count' || cell.unit === 'number' ? '' : csvUnit(cell.unit)];

/** Fractions are written as they are stored, 0..1, so their unit is 1. */
const csvUnit = (unit: string): string => (unit === '%' || unit === 'points' ? '1' : unit);

/**
 * Tables as one tidy CSV, a line per filled cell: `table,row,column,value,unit`. Values are SI at full precision.
 * Columns of the same name in one table are told apart by their number.
 */
export function asCsv(tables: readonly DataTable[]): string {
  const lines = [['table', 'row', 'column', 'value', 'unit']];
  for (const table of tables) {
    const names = table.columns.map((name, index) => (table.columns.indexOf(name) === index ? name : `${name} ${index}`));
    for (const row of table.rows) {
      const label = typeof row[0] === 'string' ? row[0] : '';
      row.slice(1).forEach((cell, index) => {
        if (cell !== undefined) lines.push([table.name, label, names[index + 1] ?? '', ...cellFields(cell)]);
      });
    }
  }
  return lines.map((line) => line.map(field).join(',') + '\n').join('');
}

import { getBorderCharacters, table } from 'table';
import type { DataTable } from './data-table.ts';
import { formatCell } from './format-measure.ts';

/** How a table is set. */
export interface TableStyle {
  /** Sets off the title; the identity where colour is unwanted. */
  readonly emphasise: (text: string) => string;
  /** Characters a line may have, texts are then wrapped at words; undefined = as long as it takes, one line a row. */
  readonly width: number | undefined;
}
export const plainStyle: TableStyle = { emphasise: (text) => text, width: undefined };

const indent = '  ';
const gap = 3;
/** Text columns are not squeezed below this. */
const narrowest = 14;

/** No lines but one under the head: readable on any terminal and in a log. */
const border = { ...getBorderCharacters('void'), joinBody: '─' };

/** Takes from the widest column until the sum fits or none can give. */
function squeeze(natural: readonly number[], available: number): readonly number[] {
  const widths = [...natural];
  let excess = widths.reduce((sum, width) => sum + width, 0) - available;
  while (excess > 0) {
    const widest = Math.max(...widths);
    if (widest <= narrowest) break;
    widths[widths.indexOf(widest)] = widest - 1;
    excess -= 1;
  }
  return widths;
}

/** One table for the terminal: title, head, rows, columns aligned (numbers right). Ends with a newline. */
export function asTable({ title, columns, rows }: DataTable, { emphasise, width }: TableStyle = plainStyle): string {
  const headed = columns.some((name) => name !== '' && name !== 'value' && name !== 'count');
  if (!headed && rows.length === 0) return `${emphasise(title)}\n${indent}nothing\n`;
  const cells = rows.map((row) => row.map(formatCell));
  const numeric = columns.map((_, index) => rows.some((row) => typeof row[index] === 'object'));
  const natural = columns.map((name, index) =>
    Math.max(headed ? name.length : 0, ...cells.map((row) => (row[index] ?? '').length)),
  );
  const room = (width ?? Number.POSITIVE_INFINITY) - indent.length - gap * (columns.length - 1);
  const widths = squeeze(natural, room);
  const text = table(headed ? [columns, ...cells] : cells, {
    border,
    columnDefault: { paddingLeft: 0 },
    columns: widths.map((columnWidth, index) => ({
      alignment: numeric[index] ? 'right' : 'left',
      paddingRight: index === columns.length - 1 ? 0 : gap,
      width: Math.max(columnWidth, 1),
      wrapWord: true,
    })),
    drawHorizontalLine: (line) => headed && line === 1,
  });
  const lines = text.trimEnd().split('\n');
  return `${emphasise(title)}\n${lines.map((line) => `${indent}${line.trimEnd()}\n`).join('')}`;
}

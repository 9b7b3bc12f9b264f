import { formatQuantity } from '../units/format-quantity.ts';
import type { Cell, Measure } from './data-table.ts';

/** Thousands apart: 1 234 567, with thin groups that no locale changes. */
export const formatCount = (count: number): string => String(count).replace(/\B(?=(\d{3})+(?!\d))/g, ' ');

const significant = (value: number, digits: number): string => String(Number(value.toPrecision(digits)));

/** `13.5 nJ`, `98.05 %`, `0.12 pp`, `1.1 mm2`, `1 234`: how a reader sees a number. */
export function formatMeasure({ value, unit }: Measure): string {
  switch (unit) {
    case '%':
      return `${(value * 100).toFixed(2)} %`;
    case 'points':
      return `${(value * 100).toFixed(2)} pp`;
    case 'count':
      return Number.isInteger(value) ? formatCount(value) : significant(value, 4);
    case 'number':
      return significant(value, 4);
    case 'TOPS':
    case 'TOPS/W':
      return `${significant(value, 3)} ${unit}`;
    case 'samples/s':
      return `${formatQuantity(value, 'Hz').replace(/Hz$/, '').trimEnd()} samples/s`;
    default:
      return formatQuantity(value, unit);
  }
}

export const formatCell = (cell: Cell): string =>
  cell === undefined ? '' : typeof cell === 'string' ? cell : formatMeasure(cell);

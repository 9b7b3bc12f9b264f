import { calendar, type Dimension, dimensions, prefixes } from './dimensions.ts';

interface Scale {
  readonly unit: string;
  readonly factor: number;
  /** Smallest value printed in this unit; the factor when absent. */
  readonly from?: number;
}

/** Scales a dimension prints in, ascending; the largest whose threshold the value reaches is taken. */
function scalesOf(dimension: Dimension): readonly Scale[] {
  const symbol = dimensions[dimension].symbols[0] ?? '';
  if (dimension === 'm2') return areaScales;
  if (dimension === 'B') return byteScales;
  if (dimension === '1' || dimension === 'K') return [{ unit: symbol, factor: 1 }];
  const decimal = prefixes.map(({ exponent, spellings }) => ({
    unit: `${spellings[0]}${symbol}`,
    factor: Number(`1e${exponent}`),
  }));
  return dimension === 's' ? [...decimal.filter(({ factor }) => factor <= 1), ...calendarScales] : decimal;
}

const areaScales: readonly Scale[] = [
  { unit: 'nm2', factor: 1e-18 },
  { unit: 'um2', factor: 1e-12 },
  { unit: 'mm2', factor: 1e-6, from: 1e-8 },
];
const byteScales: readonly Scale[] = [
  { unit: 'B', factor: 1 },
  { unit: 'KiB', factor: 1024 },
  { unit: 'MiB', factor: 1024 ** 2 },
  { unit: 'GiB', factor: 1024 ** 3 },
];
const calendarScales: readonly Scale[] = [
  { unit: 'h', factor: calendar.h },
  { unit: 'days', factor: calendar.day },
  { unit: 'years', factor: calendar.year },
];

const scales = new Map((Object.keys(dimensions) as Dimension[]).map((dimension) => [dimension, scalesOf(dimension)]));

/**
 * Prints a value given in base units with an engineering prefix: `formatQuantity(1.35e-8, 'J')` is `13.5 nJ`; areas in mm2 and
 * um2, sizes in KiB, long durations in h, days and years. `parseQuantity` reads every result back within 1e-3.
 * @param digits significant digits, trailing zeros dropped.
 * @throws RangeError when the value is not finite.
 */
export function formatQuantity(value: number, dimension: Dimension, digits = 4): string {
  if (!Number.isFinite(value)) throw new RangeError(`value is ${value}; want a finite number`);
  const choices = scales.get(dimension)!;
  if (value === 0) return withUnit('0', dimension === 's' ? 's' : (dimensions[dimension].symbols[0] ?? ''));
  const size = Math.abs(Number(value.toPrecision(digits)));
  const scale = choices.findLast(({ factor, from = factor }) => size >= from * (1 - 1e-12)) ?? choices[0]!;
  const mantissa = String(Number((value / scale.factor).toPrecision(digits)));
  const unit = /^(days|years)$/.test(scale.unit) && mantissa === '1' ? scale.unit.slice(0, -1) : scale.unit;
  return withUnit(mantissa, unit);
}

const withUnit = (number: string, unit: string): string => (unit === '' ? number : `${number} ${unit}`);

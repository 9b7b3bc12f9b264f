/** Units a report shows. Areas, energies … are SI; `%` holds a fraction, `points` a difference of fractions. */
export const units = [
  's',
  'J',
  'W',
  'm2',
  'V',
  'S',
  'ohm',
  'Hz',
  '%',
  'points',
  'count',
  'number',
  'TOPS',
  'TOPS/W',
  'samples/s',
] as const;
export type Unit = (typeof units)[number];

/** A unit that numbers are printed in; other units stay beside their number as text. */
export const isUnit = (text: string): text is Unit => (units as readonly string[]).includes(text);

/** A number with the unit it is stored in. */
export interface Measure {
  readonly value: number;
  readonly unit: Unit;
}

export type Cell = string | Measure | undefined;

/** A table as plain data: what the terminal, CSV and JSON views are made from. The first column names the row. */
export interface DataTable {
  /** Stable key, kebab-case; first column of the CSV form. */
  readonly name: string;
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

export const measure = (value: number, unit: Unit): Measure => ({ value, unit });

/** undefined stays undefined, so that an absent figure is an empty cell and never a zero. */
export const optionalMeasure = (value: number | undefined, unit: Unit): Measure | undefined =>
  value === undefined ? undefined : measure(value, unit);

/**
 * Rows `name, value, share of the sum`, largest first (ties by name), zeros left out, and a last row with the sum.
 * The sum is of the parts shown, so a reader can add them up.
 */
export function shareRows(parts: Readonly<Record<string, number>>, unit: Unit): readonly (readonly Cell[])[] {
  const entries = Object.entries(parts).filter(([, value]) => value !== 0);
  entries.sort(([nameA, a], [nameB, b]) => b - a || (nameA < nameB ? -1 : 1));
  const sum = entries.reduce((total, [, value]) => total + value, 0);
  const row = (name: string, value: number): readonly Cell[] => [
    name,
    measure(value, unit),
    measure(sum === 0 ? 0 : value / sum, '%'),
  ];
  return entries.length === 0 ? [] : [...entries.map(([name, value]) => row(name, value)), row('sum', sum)];
}

/** Dimensions a quantity text may have; `1` is a plain number. */
export type Dimension = 's' | 'J' | 'W' | 'm' | 'm2' | 'V' | 'A' | 'S' | 'ohm' | 'Hz' | 'F' | 'B' | 'B/s' | 'bit/s' | 'K' | '1';

export interface DimensionSpec {
  /** What a sentence calls it, with its article. */
  readonly name: string;
  /** A good value, shown in errors. */
  readonly example: string;
  /** Spellings that take a prefix, the printed one first. */
  readonly symbols: readonly string[];
  /** Power the prefix is raised to: 2 for areas. */
  readonly power: number;
  /** Units that take no prefix, in base units. */
  readonly plain?: Readonly<Record<string, number>>;
}

const spec = (
  name: string,
  example: string,
  symbols: readonly string[],
  plain?: Readonly<Record<string, number>>,
): DimensionSpec => ({
  name,
  example,
  symbols,
  power: 1,
  ...(plain === undefined ? {} : { plain }),
});

/** Seconds of a calendar unit; a year is 365.25 days. */
export const calendar = { min: 60, h: 3600, day: 86_400, year: 31_557_600 } as const;

/** kB, MB … count in thousands; KiB, MiB … in powers of 1024 (IEC 80000-13). */
const binary = { KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3, TiB: 1024 ** 4, KB: 1000 } as const;

export const dimensions: Readonly<Record<Dimension, DimensionSpec>> = {
  s: spec('a duration', '2 ns', ['s'], {
    min: calendar.min,
    h: calendar.h,
    day: calendar.day,
    days: calendar.day,
    year: calendar.year,
    years: calendar.year,
  }),
  J: spec('an energy', '0.2 pJ', ['J']),
  W: spec('a power', '1.5 mW', ['W']),
  m: spec('a length', '14 nm', ['m']),
  m2: { name: 'an area', example: '0.5 mm2', symbols: ['m2', 'm²', 'm^2'], power: 2 },
  V: spec('a voltage', '0.2 V', ['V']),
  A: spec('a current', '10 uA', ['A']),
  S: spec('a conductance', '50 uS', ['S']),
  ohm: spec('a resistance', '2 kohm', ['ohm', 'Ω', 'Ω']),
  Hz: spec('a frequency', '200 MHz', ['Hz']),
  F: spec('a capacitance', '50 fF', ['F']),
  B: spec('a size', '512 KiB', ['B'], binary),
  'B/s': spec(
    'a data rate',
    '6.4 GB/s',
    ['B/s'],
    Object.fromEntries(Object.entries(binary).map(([unit, value]) => [`${unit}/s`, value])),
  ),
  'bit/s': spec('a bit rate', '20 Gbit/s', ['bit/s']),
  K: spec('a temperature', '300 K', ['K']),
  '1': spec('a number', '0.25', [], { '%': 0.01 }),
};

/** Prefix by the power of ten it stands for; the first spelling is the printed one. */
export const prefixes: readonly { readonly exponent: number; readonly spellings: readonly string[] }[] = [
  { exponent: -18, spellings: ['a'] },
  { exponent: -15, spellings: ['f'] },
  { exponent: -12, spellings: ['p'] },
  { exponent: -9, spellings: ['n'] },
  { exponent: -6, spellings: ['u', 'µ', 'μ'] },
  { exponent: -3, spellings: ['m'] },
  { exponent: 0, spellings: [''] },
  { exponent: 3, spellings: ['k'] },
  { exponent: 6, spellings: ['M'] },
  { exponent: 9, spellings: ['G'] },
  { exponent: 12, spellings: ['T'] },
  { exponent: 15, spellings: ['P'] },
];

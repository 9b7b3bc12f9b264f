import { type Dimension, type DimensionSpec, dimensions, prefixes } from './dimensions.ts';

const shape = /^([+-]?(?:\d[\d_]*(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)\s*(\S*)$/;

/** Decimal exponent a unit text adds, or its factor; undefined when it is no unit of the dimension. */
function unitScale(
  unit: string,
  { symbols, power, plain = {} }: DimensionSpec,
): { exponent: number } | { factor: number } | undefined {
  if (Object.hasOwn(plain, unit)) return { factor: plain[unit]! };
  for (const symbol of symbols) {
    if (!unit.endsWith(symbol)) continue;
    const prefix = unit.slice(0, unit.length - symbol.length);
    const known = prefixes.find(({ spellings }) => spellings.includes(prefix));
    if (known !== undefined) return { exponent: known.exponent * power };
    if (power === 2 && prefix === 'c') return { exponent: -4 };
  }
  return undefined;
}

/** `1.35` and exponent -9 give the double nearest to 1.35e-9, which a multiplication would miss. */
function shifted(digits: string, exponent: number): number {
  const [mantissa = '', own = '0'] = digits.replaceAll('_', '').toLowerCase().split('e');
  return Number(`${mantissa}e${Number(own) + exponent}`);
}

/**
 * Reads `0.2 pJ`, `512 KiB`, `10 years`, `14nm` … as a number of base units of `dimension`. A plain number is read only for
 * dimension `1` (which also takes `%`); elsewhere a unit is due.
 * @returns the number, or what was expected as a phrase that completes "expected …".
 */
export function parseQuantity(text: string, dimension: Dimension): number | string {
  const spec = dimensions[dimension];
  const want = `${spec.name} such as ${spec.example}`;
  const match = shape.exec(text.trim());
  if (match === null) return want;
  const [, digits = '', unit = ''] = match;
  if (unit === '' && dimension === '1') return finite(shifted(digits, 0), want);
  if (unit === '') return `${spec.name} with its unit, such as ${spec.example}`;
  const scale = unitScale(unit, spec);
  if (scale === undefined) return `${want} (the unit ${unit} does not measure ${spec.name})`;
  if ('exponent' in scale) return finite(shifted(digits, scale.exponent), want);
  return finite(shifted(digits, 0) * scale.factor, want);
}

const finite = (value: number, want: string): number | string => (Number.isFinite(value) ? value : want);

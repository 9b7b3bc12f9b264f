import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Dimension, dimensions } from '../../src/units/dimensions.ts';
import { formatQuantity } from '../../src/units/format-quantity.ts';
import { parseQuantity } from '../../src/units/parse-quantity.ts';

describe('formatQuantity', () => {
  test.each([
    [1.35e-8, 'J', '13.5 nJ'],
    [0, 'J', '0 J'],
    [0, 'm2', '0 m2'],
    [999.96e-9, 's', '1 us'],
    [1, 's', '1 s'],
    [86_400, 's', '1 day'],
    [315_576_000, 's', '10 years'],
    [1.1e-6, 'm2', '1.1 mm2'],
    [6.2e-8, 'm2', '0.062 mm2'],
    [1.2e-10, 'm2', '120 um2'],
    [524_288, 'B', '512 KiB'],
    [6.4e9, 'B/s', '6.4 GB/s'],
    [2000, 'ohm', '2 kohm'],
    [-4.86e-5, 'S', '-48.6 uS'],
    [0.123456, '1', '0.1235'],
    [1e-30, 'J', '1e-12 aJ'],
  ] as const)('prints %d %s as %s', (value, dimension, text) => expect(formatQuantity(value, dimension)).toBe(text));

  test('takes a number of digits', () => expect(formatQuantity(1.23456e-9, 's', 2)).toBe('1.2 ns'));

  test('refuses what is not finite', () => expect(() => formatQuantity(Number.NaN, 'J')).toThrow('value is NaN'));

  test('parse(format(x)) is x within 1e-3, in every dimension', () => {
    const dimension = fc.constantFrom(...(Object.keys(dimensions) as Dimension[]));
    const magnitude = fc.tuple(fc.double({ min: 1, max: 10, noNaN: true }), fc.integer({ min: -25, max: 20 }), fc.boolean());
    fc.assert(
      fc.property(dimension, magnitude, (unit, [mantissa, exponent, negative]) => {
        const value = (negative ? -1 : 1) * mantissa * 10 ** exponent;
        const back = parseQuantity(formatQuantity(value, unit), unit);
        expect(back).toBeTypeOf('number');
        expect(Math.abs((back as number) - value)).toBeLessThanOrEqual(1e-3 * Math.abs(value));
      }),
      { seed: 1, numRuns: 1000 },
    );
  });
});

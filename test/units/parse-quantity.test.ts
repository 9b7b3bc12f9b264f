import { describe, expect, test } from 'vitest';
import type { Dimension } from '../../src/units/dimensions.ts';
import { parseQuantity } from '../../src/units/parse-quantity.ts';

const good: readonly (readonly [string, Dimension, number])[] = [
  ['0.2 pJ', 'J', 0.2e-12],
  ['13.5nJ', 'J', 13.5e-9],
  ['2 ns', 's', 2e-9],
  ['10 years', 's', 315_576_000],
  ['1 day', 's', 86_400],
  ['5 min', 's', 300],
  ['1e3 ms', 's', 1],
  ['0.5 mm2', 'm2', 0.5e-6],
  ['120 um2', 'm2', 120e-12],
  ['3 cm²', 'm2', 3e-4],
  ['14 nm', 'm', 14e-9],
  ['3 m', 'm', 3],
  ['10 µA', 'A', 1e-5],
  ['10 μA', 'A', 1e-5],
  ['88.2 uS', 'S', 88.2e-6],
  ['2 kohm', 'ohm', 2000],
  ['2 kΩ', 'ohm', 2000],
  ['200 MHz', 'Hz', 2e8],
  ['50 fF', 'F', 50e-15],
  ['512 KiB', 'B', 524_288],
  ['4 KB', 'B', 4000],
  ['1 MB', 'B', 1e6],
  ['6.4 GB/s', 'B/s', 6.4e9],
  ['20 Gbit/s', 'bit/s', 2e10],
  ['300 K', 'K', 300],
  ['0.25', '1', 0.25],
  ['-3', '1', -3],
  ['0.5 %', '1', 0.005],
  [' 1_000 ', '1', 1000],
];

const bad: readonly (readonly [string, Dimension])[] = [
  ['', 's'],
  ['5', 's'],
  ['5 J', 's'],
  ['five s', 's'],
  ['1e400 s', 's'],
  ['NaN s', 's'],
  ['5 xs', 's'],
  ['5 s s', 's'],
  ['0x10 s', 's'],
  ['1 KiB', '1'],
  ['5 toString', 's'],
];

describe('parseQuantity', () => {
  test.each(good)('reads %s as %s', (text, dimension, value) => expect(parseQuantity(text, dimension)).toBe(value));

  test.each(bad)('refuses %j as %s with a phrase', (text, dimension) =>
    expect(parseQuantity(text, dimension)).toBeTypeOf('string'));

  test('says what was expected, with an example', () => {
    expect(parseQuantity('5', 'J')).toBe('an energy with its unit, such as 0.2 pJ');
    expect(parseQuantity('5 ns', 'J')).toBe('an energy such as 0.2 pJ (the unit ns does not measure an energy)');
  });
});

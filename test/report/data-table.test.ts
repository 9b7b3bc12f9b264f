import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isUnit, type Measure, measure, optionalMeasure, shareRows } from '../../src/report/data-table.ts';

const parts = fc.dictionary(fc.string({ minLength: 1 }), fc.double({ min: 0, max: 1, noNaN: true }), { minKeys: 1 });
const value = (cell: unknown): number => (cell as Measure).value;

describe('shareRows', () => {
  test('the parts shown add up to the last row, the shares to one', () => {
    fc.assert(
      fc.property(parts, (components) => {
        const rows = shareRows(components, 'J');
        const [sum, shown] = [rows.at(-1), rows.slice(0, -1)];
        if (sum === undefined) return Object.values(components).every((part) => part === 0);
        const added = shown.reduce((total, row) => total + value(row[1]), 0);
        const shares = shown.reduce((total, row) => total + value(row[2]), 0);
        return added === value(sum[1]) && Math.abs(shares - 1) < 1e-9 && sum[0] === 'sum';
      }),
      { seed: 1 },
    );
  });

  test('largest first, ties by name, zeros left out, whatever the order given', () => {
    const rows = shareRows({ noc: 1, dram: 0, adc: 3, buffer: 1 }, 'J');
    expect(rows.map(([name]) => name)).toEqual(['adc', 'buffer', 'noc', 'sum']);
  });

  test('nothing makes no rows', () => expect(shareRows({ adc: 0 }, 'J')).toEqual([]));
});

test('an absent figure stays absent', () => {
  expect(optionalMeasure(undefined, 'J')).toBeUndefined();
  expect(optionalMeasure(0, 'J')).toEqual(measure(0, 'J'));
});

test('units that print with prefixes are told from others', () => {
  expect(isUnit('J')).toBe(true);
  expect(isUnit('uS')).toBe(false);
});

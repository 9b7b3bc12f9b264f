import { expect, test } from 'vitest';
import { measure } from '../../src/report/data-table.ts';
import { formatCell, formatCount, formatMeasure } from '../../src/report/format-measure.ts';

test.each([
  [measure(1.35e-8, 'J'), '13.5 nJ'],
  [measure(6.64e-7, 's'), '664 ns'],
  [measure(1.1e-6, 'm2'), '1.1 mm2'],
  [measure(0.9805, '%'), '98.05 %'],
  [measure(0.0012, 'points'), '0.12 pp'],
  [measure(-0.0012, 'points'), '-0.12 pp'],
  [measure(1234567, 'count'), '1 234 567'],
  [measure(0.5, 'count'), '0.5'],
  [measure(9.4321, 'TOPS/W'), '9.43 TOPS/W'],
  [measure(8e5, 'samples/s'), '800 k samples/s'],
  [measure(12, 'samples/s'), '12 samples/s'],
  [measure(0.123456, 'number'), '0.1235'],
])('%o reads %s', (shown, text) => expect(formatMeasure(shown)).toBe(text));

test('an absent cell is empty, a text is itself', () => {
  expect(formatCell(undefined)).toBe('');
  expect(formatCell('adc')).toBe('adc');
});

test.each([
  [0, '0'],
  [999, '999'],
  [1000, '1 000'],
  [-1234567, '-1 234 567'],
])('%d is grouped as %s', (count, text) => expect(formatCount(count)).toBe(text));

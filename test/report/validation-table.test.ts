import { expect, test } from 'vitest';
import { measure } from '../../src/report/data-table.ts';
import { validationSummary, validationTable } from '../../src/report/validation-table.ts';
import { judge, type Measured } from '../../src/validation/row.ts';

const base: Measured = {
  id: 'V18a',
  name: 'energy of a product',
  published: 13.5e-9,
  value: 13.6e-9,
  unit: 'J',
  tolerance: 0.02,
  class: 'bookkeeping',
  source: 'Falcone 2025',
};
const validation = (...measured: Measured[]) => {
  const rows = measured.map(judge);
  return { schema: 'ohmic.validation/1', rows, ok: rows.every(({ ok }) => ok) } as const;
};

test('published and own figure side by side, in their unit', () => {
  const [row] = validationTable(validation(base)).rows;
  expect(row!.slice(2, 7)).toEqual([measure(13.5e-9, 'J'), measure(13.6e-9, 'J'), '0.74 %', '± 2.0 %', 'ok']);
});

test('a figure that is off says so in words', () => {
  const failed = validation({ ...base, value: 20e-9 });
  expect(validationTable(failed).rows[0]).toContain('FAILED');
  expect(validationSummary(failed)).toBe('0 of 1 judged rows within tolerance; failed: V18a.\n');
});

test('absolute tolerances and units of papers are kept', () => {
  const row = judge({ ...base, published: 10, value: 10.4, unit: 'nS', tolerance: 0.5, toleranceKind: 'absolute' });
  const [shown] = validationTable({ schema: 'ohmic.validation/1', rows: [row], ok: true }).rows;
  expect(shown!.slice(2, 6)).toEqual(['10 nS', '10.4 nS', '0.4 nS', '± 0.5 nS']);
});

test('a tolerance may leave less room below than above', () => {
  const judged = (value: number) =>
    judge({ ...base, published: 10, value, unit: 'pulses', tolerance: 0.6, toleranceBelow: 0.35 });
  expect([6.4, 6.6, 15.9, 16.1].map((value) => judged(value).ok)).toEqual([false, true, true, false]);
  expect(validationTable({ schema: 'ohmic.validation/1', rows: [judged(15)], ok: true }).rows[0]![5]).toBe('+60.0 % / -35.0 %');
});

test('a published bound is judged from its side', () => {
  const row = judge({ ...base, published: 0.37, value: 0.6, unit: 'weights', tolerance: 0.3, toleranceKind: 'at least' });
  const [shown] = validationTable({ schema: 'ohmic.validation/1', rows: [row], ok: true }).rows;
  expect(shown!.slice(2, 7)).toEqual(['0.37 weights', '0.6 weights', '62.16 %', 'down to -30.0 %', 'ok']);
});

test('context is shown but not judged', () => {
  const context = validation(base, { ...base, id: 'V18b', value: 1, informative: true });
  expect(validationTable(context).rows[1]).toContain('context');
  expect(validationSummary(context)).toBe('1 of 1 judged rows within tolerance.\n');
});

test('the runtime of the experiment stands in a column of its own', () => {
  const { columns, rows } = validationTable({
    schema: 'ohmic.validation/1',
    rows: [{ ...judge(base), runtimeSeconds: 1.234 }],
    ok: true,
  });
  expect(rows[0]![columns.indexOf('runtime')]).toBe('1.23 s');
});

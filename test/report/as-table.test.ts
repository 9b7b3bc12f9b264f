import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { asTable, plainStyle } from '../../src/report/as-table.ts';
import { type DataTable, measure } from '../../src/report/data-table.ts';

const table: DataTable = {
  name: 'energy',
  title: 'Energy by component',
  columns: ['component', 'energy', 'share'],
  rows: [
    ['adc', measure(3.5e-8, 'J'), measure(0.7, '%')],
    ['crossbar', measure(1.5e-9, 'J'), undefined],
  ],
};

describe('asTable', () => {
  test('sets text left, numbers right, and nothing but a line under the head', () => {
    expect(asTable(table)).toBe(
      [
        'Energy by component',
        '  component   energy     share',
        '  ────────────────────────────',
        '  adc          35 nJ   70.00 %',
        '  crossbar    1.5 nJ',
        '',
      ].join('\n'),
    );
  });

  test('leaves out a head that says nothing', () => {
    const facts: DataTable = { name: 'f', title: 'Facts', columns: ['', 'value'], rows: [['area', measure(1e-6, 'm2')]] };
    expect(asTable(facts)).toBe('Facts\n  area   1 mm2\n');
  });

  test('says that a table of nothing holds nothing', () => {
    const empty = { name: 'x', title: 'Figures', columns: ['', 'value'], rows: [] };
    expect(asTable(empty)).toBe('Figures\n  nothing\n');
  });

  test('sets off the title only', () => {
    const text = asTable(table, { ...plainStyle, emphasise: (title) => `<${title}>` });
    expect(text.split('\n')[0]).toBe('<Energy by component>');
    expect(text.split('<')).toHaveLength(2);
  });

  const words = fc.array(fc.stringMatching(/^[a-z]{1,9}$/), { minLength: 1, maxLength: 30 }).map((list) => list.join(' '));
  const rows = fc.array(fc.tuple(words, words), { minLength: 1, maxLength: 5 });

  test('keeps every line within the width and every word of every cell', () => {
    fc.assert(
      fc.property(rows, fc.integer({ min: 40, max: 120 }), (cells, width) => {
        const text = asTable({ name: 't', title: '', columns: ['what', 'why'], rows: cells }, { ...plainStyle, width });
        const shown = text.split(/\s+/).sort();
        const wanted = cells.flat().flatMap((cell) => cell.split(' '));
        const fits = text.split('\n').every((line) => line.length <= width);
        return fits && wanted.every((word) => shown.includes(word));
      }),
      { seed: 2, numRuns: 60 },
    );
  });

  test('without a width a row is one line, for grep', () => {
    const long = 'word '.repeat(80).trim();
    const text = asTable({ name: 't', title: 'T', columns: [''], rows: [[long]] });
    expect(text).toBe(`T\n  ${long}\n`);
  });
});

import { expect, test } from 'vitest';
import { asCsv } from '../../src/report/as-csv.ts';
import { measure } from '../../src/report/data-table.ts';
import { reportTables } from '../../src/report/rows.ts';
import { sampleReport } from './sample-report.ts';

test('one line a filled cell, SI values at full precision', () => {
  const table = {
    name: 'energy',
    title: 'Energy',
    columns: ['component', 'energy', 'share', 'share'],
    rows: [
      ['adc, shared', measure(1 / 3e9, 'J'), undefined, measure(0.5, '%')],
      ['a "b"', 'text', undefined, undefined],
    ],
  };
  expect(asCsv([table])).toBe(
    [
      'table,row,column,value,unit',
      `energy,"adc, shared",energy,${1 / 3e9},J`,
      'energy,"adc, shared",share 3,0.5,1',
      'energy,"a ""b""",energy,text,',
      '',
    ].join('\n'),
  );
});

test('every line of a report has five fields and no cell twice', () => {
  const lines = asCsv(reportTables(sampleReport)).trimEnd().split('\n');
  const keys = lines.map((line) =>
    line
      .match(/("(?:[^"]|"")*"|[^,]*)(,|$)/g)!
      .slice(0, 3)
      .join(''),
  );
  expect(lines.length).toBeGreaterThan(40);
  expect(new Set(keys).size).toBe(lines.length);
});

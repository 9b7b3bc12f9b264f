import { expect, test } from 'vitest';
import type { Series } from '../../src/laboratory/laboratory-report.ts';
import { chartOf, chartSvg } from '../../src/report/charts.ts';
import { measure } from '../../src/report/data-table.ts';
import { laboratoryTables, seriesCsv, tableCsv } from '../../src/report/laboratory-tables.ts';

const series: Series = {
  name: 'steps',
  title: 'Mean step',
  x: { name: 'time', unit: 's', logarithmic: true },
  y: { name: 'step', unit: 'S' },
  mark: 'line',
  points: [
    { curve: 'up, fitted', x: 1, y: 2e-6 },
    { curve: 'up, fitted', x: 10, y: 1e-6 },
  ],
};

test('a chart says its units in the size of its numbers', () => {
  const chart = chartOf(series) as { encoding: { x: { scale: object }; y: { title: string } }; data: { values: unknown[] } };
  expect(chart.encoding.y.title).toBe('step (uS)');
  expect(chart.encoding.x.scale).toMatchObject({ type: 'log' });
  expect(chart.data.values[0]).toEqual({ curve: 'up, fitted', x: 1, y: 2e-6 / 1e-6 });
});

test('charts are drawn without a screen, twice alike', async () => {
  const svg = await chartSvg(series);
  expect(svg).toContain('<svg');
  expect(svg).toContain('Mean step');
  expect(await chartSvg(series)).toBe(svg);
});

test('numbers keep their precision in CSV', () => {
  expect(seriesCsv(series)).toBe('curve,time (s),step (S)\n"up, fitted",1,0.000002\n"up, fitted",10,0.000001\n');
  const table = {
    name: 't',
    title: '',
    columns: [
      { name: 'a', unit: '' },
      { name: 'b', unit: 'share' },
    ],
    rows: [['x', 0.25]],
  };
  expect(tableCsv(table)).toBe('a,b (share)\nx,0.25\n');
  const report = {
    schema: 'ohmic.laboratory/1',
    name: 'n',
    title: '',
    rows: [],
    tables: [table],
    series: [],
    notes: [],
  } as const;
  expect(laboratoryTables(report)[0]!.rows).toEqual([['x', measure(0.25, '%')]]);
});

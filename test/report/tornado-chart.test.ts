import { expect, test } from 'vitest';
import { sensitivityTable } from '../../src/report/sensitivity-table.ts';
import { tornadoChart } from '../../src/report/tornado-chart.ts';
import type { Sensitivity } from '../../src/simulate/sensitivity.ts';

const figures = (energy: number) => ({ energy, seconds: 2, area: 3 });
const band = (path: 'grid.rows' | 'tile.rows' | 'noc.linkCycles') => ({
  path,
  low: '1',
  value: '2',
  high: '3',
  reason: 'assumed <b>',
});
const sensitivity: Sensitivity = {
  chip: 'a & b',
  base: figures(1),
  swings: [
    { band: band('grid.rows'), low: figures(0.5), high: figures(1.25) },
    { band: band('tile.rows'), high: figures(1.1) },
    { band: band('noc.linkCycles'), low: figures(1), high: figures(1) },
  ],
};

test('two bars for what moves, none for what does not, and the axis reaches the largest', () => {
  const svg = tornadoChart(sensitivity, 'energy');
  expect(svg.match(/<rect /g)).toHaveLength(4);
  expect(svg).toContain('+50.0 %');
  expect(svg).toContain('a &amp; b');
  expect(svg).not.toContain('noc.linkCycles');
  expect(tornadoChart(sensitivity, 'area')).not.toContain('<rect');
});

test('the table says both ends, and which end the chip does not allow', () => {
  const { rows } = sensitivityTable(sensitivity);
  expect(rows.map((row) => row[3])).toEqual(['-50.0 % … +25.0 %', 'not possible … +10.0 %', '']);
});

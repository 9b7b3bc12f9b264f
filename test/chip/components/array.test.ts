import { expect, test } from 'vitest';
import { array } from '../../../src/chip/components/array.ts';
import { relative } from '../support.ts';
import { picojoules, standardChip } from './standards.ts';

test('130 nm: a cell of 2.12 um2, a line of 507 fF and 0.85 pJ', () => {
  const chip = standardChip();
  expect(relative(chip.tile.array.cellArea, 2.12e-12)).toBeLessThan(0.01);
  expect(relative(chip.tile.array.rowCapacitanceF, 507e-15)).toBeLessThan(0.01);
  expect(relative(picojoules(array.cost, 'row-drive', chip), 0.85)).toBeLessThan(0.01);
  expect(chip.tile.array.lineOhmPerCell).toBeCloseTo(0.073, 3);
});

test('14 nm: 512 wider cells on a line cost 0.19 pJ', () => {
  const chip = standardChip('technology.nodeNm=14 nm', 'tile.columns=512', 'tile.array.cellArea=4 um2');
  expect(relative(picojoules(array.cost, 'row-drive', chip), 0.187)).toBeLessThan(0.01);
});

test('area is cells times cell', () => {
  expect(relative(array.cost.area.value(standardChip()), 0.139e-6)).toBeLessThan(0.01);
  expect(array.cost.area.value(standardChip('tile.rows=128'))).toBeCloseTo(array.cost.area.value(standardChip()) / 2, 15);
});

test('bit lines are charged where their voltage is sensed: C V^2 for each cell of a pair', () => {
  expect(picojoules(array.cost, 'column-charge', standardChip())).toBe(0);
  const sensed = standardChip('tile.array.columnSwingV=0.2 V', 'tile.array.columnCapacitanceF=500 fF');
  expect(picojoules(array.cost, 'column-charge', sensed)).toBeCloseTo(2 * 0.5 * 0.04, 9);
  const single = standardChip(
    'tile.array.columnSwingV=0.2 V',
    'tile.array.columnCapacitanceF=500 fF',
    'mapping.scheme=digital-offset',
  );
  expect(picojoules(array.cost, 'column-charge', single)).toBeCloseTo(0.5 * 0.04, 9);
  expect(standardChip().tile.array.columnCapacitanceF).toBeCloseTo(507e-15 - 48e-15, 14);
});

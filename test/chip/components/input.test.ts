import { expect, test } from 'vitest';
import { input } from '../../../src/chip/components/input.ts';
import { relative } from '../support.ts';
import { picojoules, standardChip } from './standards.ts';

const rowRead = (...settings: string[]) => picojoules(input.cost, 'row-read', standardChip(...settings));

test('a pulse-width modulator of 8 bits takes 2.42 pJ at 130 nm and 0.037 pJ at 14 nm', () => {
  expect(relative(rowRead(), 2.42)).toBeLessThan(0.02);
  expect(relative(rowRead('technology.nodeNm=14 nm'), 0.0375)).toBeLessThan(0.05);
});

test('bit-serial shifts one register bit a pass, amplitude charges a capacitor DAC', () => {
  expect(relative(rowRead('tile.input.coding=bit-serial'), 0.071)).toBeLessThan(0.03);
  const register = 8 * standardChip().tile.input.registerJoulesPerBit * 1e12;
  expect(rowRead('tile.input.coding=amplitude') - register).toBeCloseTo(0.66 * 256 * 1e-3 * 1.69, 9);
});

test('every further bit of pulse width costs more than the last', () => {
  const steps = [4, 5, 6, 7, 8].map((bits) => rowRead(`tile.input.bits=${bits + 1}`) - rowRead(`tile.input.bits=${bits}`));
  for (const [index, step] of steps.entries()) expect(step).toBeGreaterThan(index === 0 ? 0 : steps[index - 1]!);
});

test('drivers of 256 rows take 0.244 mm2 at 130 nm', () => {
  expect(relative(256 * input.cost.area.value(standardChip()), 0.244e-6)).toBeLessThan(0.001);
});

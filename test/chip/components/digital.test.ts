import { expect, test } from 'vitest';
import { digital } from '../../../src/chip/components/digital.ts';
import { relative } from '../support.ts';
import { picojoules, standardChip } from './standards.ts';

test('a column costs 3.67 pJ and 836 um2 at 130 nm', () => {
  const chip = standardChip();
  expect(relative(picojoules(digital.cost, 'column', chip), 3.67)).toBeLessThan(0.02);
  expect(relative(digital.cost.area.value(chip), 836e-12)).toBeLessThan(0.01);
});

test('its parts: 829 fJ shift-add and 1424 fJ affine', () => {
  const { shiftAddJoules, affineJoules } = standardChip().tile.digital;
  expect(relative(shiftAddJoules, 829e-15)).toBeLessThan(0.01);
  expect(relative(affineJoules, 1424e-15)).toBeLessThan(0.005);
});

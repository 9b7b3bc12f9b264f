import { expect, test } from 'vitest';
import { accumulator } from '../../../src/chip/components/accumulator.ts';
import { relative } from '../support.ts';
import { picojoules, standardChip } from './standards.ts';

test('a sum is an addition and two register accesses', () => {
  // 32 bit at 130 nm: 0.619 pJ + 64 x 71 fJ
  expect(relative(picojoules(accumulator.cost, 'add', standardChip()), 0.619 + 64 * 0.071)).toBeLessThan(0.03);
});

test('a wider sum costs more energy, and area in proportion', () => {
  const [narrow, wide] = [standardChip('accumulator.bits=16'), standardChip('accumulator.bits=32')];
  expect(picojoules(accumulator.cost, 'add', wide)).toBeGreaterThan(1.5 * picojoules(accumulator.cost, 'add', narrow));
  expect(accumulator.cost.area.value(wide) / accumulator.cost.area.value(narrow)).toBeCloseTo(2, 9);
  expect(accumulator.cost.count(wide)).toBe(16);
});

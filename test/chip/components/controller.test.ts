import { expect, test } from 'vitest';
import { controller } from '../../../src/chip/components/controller.ts';
import { relative } from '../support.ts';
import { picojoules, standardChip } from './standards.ts';

test('at 32 nm a byte is fetched for what PUMA gives, a word decoded for 0.25 pJ', () => {
  const chip = standardChip('technology.nodeNm=32 nm');
  expect(relative(picojoules(controller.cost, 'fetch', chip), (1.52 * 16) / 6)).toBeLessThan(1e-9);
  expect(relative(picojoules(controller.cost, 'decode', chip), 0.25)).toBeLessThan(1e-9);
});

test('there is one, and the instruction width is fixed', () => {
  expect(controller.cost.count()).toBe(1);
  expect(() => standardChip('controller.instructionBytes=8')).toThrow('expected a whole number from 16 to 16');
});

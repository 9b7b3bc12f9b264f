import { expect, test } from 'vitest';
import { vector } from '../../../src/chip/components/vector.ts';
import { relative } from '../support.ts';
import { picojoules, standardChip } from './standards.ts';

test('a 16-bit MAC costs 9.3 pJ at 130 nm and 0.14 pJ at 14 nm', () => {
  expect(relative(picojoules(vector.cost, 'mac', standardChip()), 9.288)).toBeLessThan(0.01);
  expect(relative(picojoules(vector.cost, 'mac', standardChip('technology.nodeNm=14 nm')), 0.142)).toBeLessThan(0.01);
});

test('a MAC is a multiplication and an addition; f32 costs more in all', () => {
  const [half, single] = [standardChip(), standardChip('vector.format=f32')];
  const joules = (action: string, chip = half) => picojoules(vector.cost, action, chip);
  expect(joules('mac')).toBeCloseTo(joules('add') + joules('multiply'), 9);
  for (const action of ['add', 'multiply', 'mac', 'move']) expect(joules(action, single)).toBeGreaterThan(joules(action));
  expect(joules('table', single)).toBe(joules('table'));
});

test('area counts lanes', () => {
  expect(vector.cost.area.value(standardChip('vector.lanes=32'))).toBeCloseTo(2 * vector.cost.area.value(standardChip()), 12);
});

import { expect, test } from 'vitest';
import { sampleHold } from '../../../src/chip/components/sample-hold.ts';
import { relative } from '../support.ts';
import { picojoules, standardChip } from './standards.ts';

test('3 pJ a column at 130 nm, smaller with the node', () => {
  expect(picojoules(sampleHold.cost, 'sample', standardChip())).toBeCloseTo(3, 9);
  expect(relative(picojoules(sampleHold.cost, 'sample', standardChip('technology.nodeNm=45 nm')), 3 / 6.19)).toBeLessThan(0.01);
});

test('static bias is a tenth of the power of a busy column', () => {
  expect(sampleHold.cost.leakage.value(standardChip())).toBeCloseTo((0.1 * 3e-12) / 400e-9, 12);
  expect(sampleHold.cost.count(standardChip())).toBe(64 * 128);
});

import { expect, test } from 'vitest';
import { clock } from '../../../src/chip/components/clock.ts';
import { standardChip } from './standards.ts';

test.each([
  [130, 200e6],
  [65, 500e6],
  [32, 1e9],
  [14, 1e9],
])('%i nm runs at %f Hz', (node, hertz) => {
  expect(standardChip(`technology.nodeNm=${node} nm`).clock.frequencyHz).toBe(hertz);
});

test('the tree is a share, not an action', () => {
  expect(clock.cost.actions).toEqual({});
  expect(standardChip().clock.treeFraction).toBe(0.15);
});

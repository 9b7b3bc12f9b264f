import { expect, test } from 'vitest';
import { scratchpad } from '../../../src/chip/components/scratchpad.ts';
import { relative } from '../support.ts';
import { picojoules, standardChip } from './standards.ts';

test('a bank of 64 KB reads 256 bits for 146 pJ at 130 nm and writes for half as much again', () => {
  const chip = standardChip();
  expect(relative(picojoules(scratchpad.cost, 'read', chip), 146)).toBeLessThan(0.01);
  expect(picojoules(scratchpad.cost, 'write', chip) / picojoules(scratchpad.cost, 'read', chip)).toBeCloseTo(1.5, 12);
});

test('more banks of the same total: cheaper accesses, same area', () => {
  const eight = standardChip();
  const sixteen = standardChip('scratchpad.banks=16');
  expect(picojoules(scratchpad.cost, 'read', sixteen)).toBeLessThan(picojoules(scratchpad.cost, 'read', eight));
  expect(16 * scratchpad.cost.area.value(sixteen)).toBeCloseTo(8 * scratchpad.cost.area.value(eight), 12);
});

test('interleave follows the width, access time the clock', () => {
  expect(standardChip('scratchpad.widthBits=128').scratchpad.interleaveBytes).toBe(16);
  expect(standardChip('clock.frequencyHz=1 GHz').scratchpad.accessCycles).toBe(2);
});

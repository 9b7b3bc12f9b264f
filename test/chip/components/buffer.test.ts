import { expect, test } from 'vitest';
import { buffer } from '../../../src/chip/components/buffer.ts';
import { relative } from '../support.ts';
import { picojoules, standardChip } from './standards.ts';

test('8 KB at 130 nm: 42 pJ a 256-bit word and 0.193 mm2', () => {
  expect(relative(picojoules(buffer.cost, 'access', standardChip()), 42)).toBeLessThan(0.01);
  expect(relative(buffer.cost.area.value(standardChip()), 0.193e-6)).toBeLessThan(0.01);
});

test('a narrower port costs less a word, more a bit', () => {
  const word = (bits: number) => picojoules(buffer.cost, 'access', standardChip(`tile.buffer.widthBits=${bits}`));
  expect(word(64)).toBeLessThan(word(256));
  expect(word(64) / 64).toBeGreaterThan(word(256) / 256);
});

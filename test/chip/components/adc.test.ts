import { expect, test } from 'vitest';
import { adc } from '../../../src/chip/components/adc.ts';
import { relative } from '../support.ts';
import { picojoules, standardChip } from './standards.ts';

test('sixteen converters of 6 pJ serve the 128 columns of a tile', () => {
  const chip = standardChip();
  expect(adc.cost.count(chip)).toBe(64 * 16);
  expect(relative(picojoules(adc.cost, 'convert', chip), 6.0)).toBeLessThan(0.01);
});

test('bias is a tenth of the power of a busy converter', () => {
  const chip = standardChip();
  expect(relative(adc.cost.leakage.value(chip), (0.1 * 6.0e-12) / 50e-9)).toBeLessThan(0.01);
});

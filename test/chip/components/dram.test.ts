import { expect, test } from 'vitest';
import { dma, dram } from '../../../src/chip/components/dram.ts';
import { picojoules, standardChip } from './standards.ts';

test('LPDDR4: 8 pJ a bit, 12.8 GB/s; HBM2: 3.9 pJ and 256 GB/s', () => {
  expect(picojoules(dram.cost, 'byte', standardChip())).toBeCloseTo(64, 9);
  expect(standardChip().dram.bytesPerSecond).toBe(12.8e9);
  const hbm = standardChip('dram.kind=hbm2');
  expect(picojoules(dram.cost, 'byte', hbm)).toBeCloseTo(31.2, 9);
  expect(hbm.dram.bytesPerSecond).toBe(256e9);
});

test('the interface takes die area but no factor of on-die logic', () => {
  expect(dram.cost.onDie).toBe(false);
  expect(dram.cost.area.value(standardChip())).toBe(5e-6);
  expect(Object.keys(dma.parameters)).toEqual(['dma.channels', 'dma.setupCycles']);
});

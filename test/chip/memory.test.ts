import { expect, test } from 'vitest';
import { memoryArea, memoryLeakage, memoryReadJoules } from '../../src/chip/memory.ts';
import { relative } from './support.ts';

const technology = { nodeNm: 32, supplyV: 0.9, temperatureK: 350, leakage: 'lstp' } as const;

test('embedded DRAM of 64 KB at 32 nm as printed: 17.2 pJ, 0.086 mm2, 0.46 mW', () => {
  expect(relative(memoryReadJoules('edram', 65536, 256, technology), 17.2e-12)).toBeLessThan(1e-9);
  expect(relative(memoryArea('edram', 65536, technology), 0.086e-6)).toBeLessThan(1e-9);
  expect(relative(memoryLeakage('edram', 65536, technology), 0.46e-3)).toBeLessThan(1e-9);
});

test('low-power SRAM of the same size leaks 13.7 uW, the fast flavour 1450 times as much', () => {
  expect(relative(memoryLeakage('sram', 65536, technology), 13.7e-6)).toBeLessThan(1e-9);
  const fast = memoryLeakage('sram', 65536, { ...technology, leakage: 'hp' });
  expect(fast / memoryLeakage('sram', 65536, technology)).toBeCloseTo(1450, 6);
});

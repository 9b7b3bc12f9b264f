import { expect, test } from 'vitest';
import { leakageDensity, sramLeakageDensity } from '../../src/chip/leakage.ts';
import { relative } from './support.ts';

const room = { nodeNm: 130, supplyV: 1.3, temperatureK: 300, leakage: 'lstp' } as const;

test('a 813 mm2 chip at 130 nm leaks the 905 uW NeuroSim gives, a 12 mm2 one at 14 nm 73 uW', () => {
  expect(relative(leakageDensity(room) * 813e-6, 905e-6)).toBeLessThan(0.01);
  expect(relative(leakageDensity({ ...room, nodeNm: 14 }) * 12e-6, 73e-6)).toBeLessThan(0.01);
});

test('64 KB of SRAM at 32 nm and 350 K leak the 13.7 uW CACTI gives', () => {
  const hot = { nodeNm: 32, supplyV: 0.9, temperatureK: 350, leakage: 'lstp' } as const;
  expect(relative(sramLeakageDensity(hot) * 0.096e-6, 13.7e-6)).toBeLessThan(1e-9);
});

test('high-performance transistors leak 1450 times more, ten kelvin double it', () => {
  expect(leakageDensity({ ...room, leakage: 'hp' }) / leakageDensity(room)).toBeCloseTo(1450, 6);
  expect(leakageDensity({ ...room, temperatureK: 310 }) / leakageDensity(room)).toBeCloseTo(2, 9);
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sramArea, sramReadJoules } from '../../src/chip/sram.ts';
import { relative } from './support.ts';

/** CACTI 7 results at 32 nm: capacity in KB, word in bits, pJ per read. */
const cacti32 = [
  [8, 64, 2.91],
  [8, 256, 4.97],
  [64, 64, 6.56],
  [64, 256, 18.1],
  [1024, 256, 102],
] as const;

test.each(cacti32)('%i KB, %i bit: near the CACTI value of %f pJ', (kilobytes, bits, picojoules) => {
  // the published fit is good to 10 % at 256 bit and 36 % at 64 bit
  expect(relative(sramReadJoules(kilobytes * 1024, bits, 32) * 1e12, picojoules)).toBeLessThan(bits === 256 ? 0.11 : 0.36);
});

test('64 KB take the area of the table, capacity counts linearly', () => {
  expect(sramArea(65536, 130)).toBeCloseTo(1.54e-6, 12);
  expect(sramArea(8192, 130)).toBeCloseTo(1.54e-6 / 8, 12);
});

test('larger, wider and older memories cost more', () => {
  const size = fc.integer({ min: 1, max: 4096 });
  fc.assert(
    fc.property(size, fc.integer({ min: 1, max: 64 }), fc.integer({ min: 7, max: 129 }), (kilobytes, words, node) => {
      const joules = sramReadJoules(kilobytes * 1024, words * 8, node);
      expect(joules).toBeGreaterThan(0);
      expect(sramReadJoules((kilobytes + 1) * 1024, words * 8, node)).toBeGreaterThan(joules);
      expect(sramReadJoules(kilobytes * 1024, words * 8 + 8, node)).toBeGreaterThan(joules);
      expect(sramReadJoules(kilobytes * 1024, words * 8, node + 1)).toBeGreaterThan(joules);
    }),
    { seed: 2 },
  );
});

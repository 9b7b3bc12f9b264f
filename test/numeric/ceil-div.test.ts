import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ceilDiv, roundUp } from '../../src/numeric/ceil-div.ts';
import { run } from './kernel-memory.ts';

test('ceilDiv is the smallest number of parts that hold the total', () => {
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 1, max: 1000 }), (total, part) => {
      const parts = ceilDiv(total, part);
      expect(parts * part).toBeGreaterThanOrEqual(total);
      expect((parts - 1) * part).toBeLessThan(total);
      expect(roundUp(total, part)).toBe(parts * part);
    }),
    run,
  );
});

test('no parts and negative totals are refused', () => {
  expect(() => ceilDiv(3, 0)).toThrow('part is 0');
  expect(() => ceilDiv(-3, 2)).toThrow('total is -3');
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { walkRows } from '../../../src/compiler/graph/walk-rows.ts';

const walk = fc.record({
  chunk: fc.integer({ min: 1, max: 1 << 20 }),
  chunks: fc.integer({ min: 1, max: 12 }),
  power: fc.nat(5),
  delay: fc.nat(500),
});

test('a walk is where its turn says, whether the period divides its steps or not', () => {
  fc.assert(
    fc.property(walk, ({ chunk, chunks, power, delay }) => {
      const period = 2 ** power;
      const { stride, modulus, phase } = walkRows(chunk, period, delay, chunk * chunks);
      expect(Math.abs(stride)).toBeLessThan(2 ** 23);
      for (let at = 0; at < chunks; at++) {
        // Exact: the ring has fewer than 2^24 places, and turns are few.
        const sum = BigInt(phase) + BigInt(delay + at * period) * BigInt(stride);
        const ring = BigInt(modulus);
        expect(Number(((sum % ring) + ring) % ring)).toBe(at * chunk);
      }
    }),
    { seed: 41 },
  );
});

test('a walk whose period the chunk divides stays dense', () => {
  expect(walkRows(64, 4, 3, 640)).toEqual({ stride: 16, modulus: 640, phase: 592 });
});

test('periods are powers of two', () => {
  expect(() => walkRows(8, 3, 0, 80)).toThrow(/period is 3/);
});

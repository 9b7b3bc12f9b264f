import fc from 'fast-check';
import { expect, test } from 'vitest';
import { boxMuller, cosineAndSine, radius } from '../../src/numeric/box-muller.ts';
import { run, word } from './kernel-memory.ts';

const many = { ...run, numRuns: 20_000 };

/** Relative rounding of u to f32 is 6e-8; next to u = 1 it is what limits ln u. */
const uniformOf = (word: number): number => Math.fround((word >>> 1) | 1) / 2 ** 31;

test('radius is sqrt(-2 ln u) within 3e-7 of its size for every f32 u', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        word,
        fc.nat(100),
        fc.nat(1000).map((below) => 2 ** 32 - 1 - 100 * below),
      ),
      (word) => {
        const exact = Math.sqrt(-2 * Math.log(uniformOf(word)));
        expect(Math.abs(radius(word) - exact)).toBeLessThanOrEqual(3e-7 * exact);
      },
    ),
    many,
  );
});

test('cosine and sine are exact to 1e-6 on the whole turn', () => {
  fc.assert(
    fc.property(word, (word) => {
      const angle = (2 * Math.PI * word) / 2 ** 32;
      const [cosine, sine] = cosineAndSine(word);
      expect(Math.abs(cosine - Math.cos(angle))).toBeLessThan(1e-6);
      expect(Math.abs(sine - Math.sin(angle))).toBeLessThan(1e-6);
    }),
    many,
  );
});

test('the ends of the words: largest normal 6.56, none is NaN', () => {
  expect(boxMuller(0, 0)[0]).toBeCloseTo(Math.sqrt(2 * 31 * Math.LN2), 5);
  for (const word0 of [0, 1, 2 ** 31, 2 ** 32 - 1])
    for (const word1 of [0, 2 ** 29, 2 ** 29 - 1, 2 ** 31, 3 * 2 ** 30, 2 ** 32 - 1])
      for (const normal of boxMuller(word0, word1)) expect(Math.abs(normal)).toBeLessThan(6.56);
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { boxMuller } from '../../src/numeric/box-muller.ts';
import { createStream, philox, streamKey } from '../../src/numeric/philox.ts';
import { purposes } from '../../src/numeric/purposes.ts';
import { run, seed, word } from './kernel-memory.ts';

// Known answers of philox4x32, 10 rounds, published with Random123 (file kat_vectors).
test.each([
  [
    [0, 0],
    [0, 0, 0, 0],
    [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
  ],
  [
    [0xffffffff, 0xffffffff],
    [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
    [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
  ],
  [
    [0xa4093822, 0x299f31d0],
    [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
    [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
  ],
] as const)('philox gives the known answer for key %j', ([key0, key1], [c0, c1, c2, c3], words) => {
  expect(philox(key0, key1, c0, c1, c2, c3)).toEqual(words);
});

test('philox takes its arguments modulo 2^32', () => {
  fc.assert(
    fc.property(word, word, (key, counter) => {
      expect(philox(key | 0, key + 2 ** 32, counter | 0, counter + 2 ** 33, 0, 0)).toEqual(
        philox(key, key, counter, counter, 0, 0),
      );
    }),
    run,
  );
});

test('a stream hands out the words of its counters in order', () => {
  const { key0, key1 } = streamKey(99, purposes.data);
  const stream = createStream(99, purposes.data, 7);
  const words = Array.from({ length: 8 }, () => stream.word());
  expect(words).toEqual([...philox(key0, key1, 0, 0, 7, 0), ...philox(key0, key1, 1, 0, 7, 0)]);
});

test('normal() gives the pairs of Box-Muller in order', () => {
  const [words, stream] = [createStream(5, purposes.training), createStream(5, purposes.training)];
  for (let pair = 0; pair < 10; pair++) {
    expect([stream.normal(), stream.normal()]).toEqual(boxMuller(words.word(), words.word()));
  }
});

test('streams of other seeds, purposes and indices differ; the same repeats', () => {
  const first = (seed: number, purpose: 1 | 2, index: number): number => createStream(seed, purpose, index).uniform();
  const draws = [first(1, 1, 0), first(2, 1, 0), first(1, 2, 0), first(1, 1, 1), first(1 + 2 ** 32, 1, 0)];
  expect(new Set(draws).size).toBe(5);
  expect(first(1, 1, 0)).toBe(draws[0]);
});

test('uniform() stays in [0, 1) with mean 1/2 and variance 1/12', () => {
  const stream = createStream(3, purposes.sampling);
  const draws = Array.from({ length: 100_000 }, () => stream.uniform());
  expect(draws.every((value) => value >= 0 && value < 1)).toBe(true);
  const average = draws.reduce((sum, value) => sum + value, 0) / draws.length;
  const variance = draws.reduce((sum, value) => sum + (value - 0.5) ** 2, 0) / draws.length;
  // four standard errors: sqrt(1/12 / n) and sqrt(1/180 / n)
  expect(Math.abs(average - 0.5)).toBeLessThan(4 * 0.2887e-2 * Math.sqrt(0.1));
  expect(Math.abs(variance - 1 / 12)).toBeLessThan(4 * 0.0745e-2 * Math.sqrt(10) * Math.sqrt(0.1));
});

test('integer() is below its bound and reaches every value evenly', () => {
  const stream = createStream(4, purposes.sampling);
  const counts = new Array<number>(6).fill(0);
  for (let i = 0; i < 60_000; i++) counts[stream.integer(6)]! += 1;
  const chiSquare = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
  // 5 degrees of freedom: P(> 20.5) = 0.001
  expect(chiSquare).toBeLessThan(20.5);
});

test('shuffle() permutes in place', () => {
  fc.assert(
    fc.property(seed, fc.array(fc.nat(9)), (seed, items) => {
      const shuffled = [...items];
      expect(createStream(seed, purposes.data).shuffle(shuffled)).toBe(shuffled);
      expect([...shuffled].sort()).toEqual([...items].sort());
    }),
    run,
  );
});

test('shuffle() gives the six orders of three items evenly', () => {
  const stream = createStream(8, purposes.data);
  const counts = new Map<string, number>();
  for (let i = 0; i < 12_000; i++) {
    const order = stream.shuffle([1, 2, 3]).join('');
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - 2000) ** 2 / 2000, 0);
  expect(counts.size).toBe(6);
  expect(chiSquare).toBeLessThan(20.5);
});

test('bad seeds and bounds are refused with the value', () => {
  expect(() => streamKey(-1, purposes.data)).toThrow('seed is -1');
  expect(() => createStream(0.5, purposes.data)).toThrow('seed is 0.5');
  const stream = createStream(1, purposes.data);
  for (const bound of [0, -3, 1.5, 2 ** 33, Number.NaN]) expect(() => stream.integer(bound)).toThrow(`bound is ${bound}`);
});

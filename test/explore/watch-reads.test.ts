import fc from 'fast-check';
import { expect, test } from 'vitest';
import { watchReads } from '../../src/explore/watch-reads.ts';

const chip = Object.freeze({
  name: 'a',
  tile: Object.freeze({ rows: 8, adc: Object.freeze({ bits: 6, mux: 4 }) }),
  list: Object.freeze([1, 2, 3]),
});

test('agrees with what differs only in members that were not read', () => {
  const { watched, reads } = watchReads(chip);
  expect(watched.tile.adc.bits + watched.list.reduce((sum, item) => sum + item, 0)).toBe(12);
  expect(reads.agreeWith({ ...chip, name: 'b', tile: { rows: 9, adc: { bits: 6, mux: 1 } } })).toBe(true);
  expect(reads.agreeWith({ ...chip, tile: { rows: 8, adc: { bits: 5, mux: 4 } } })).toBe(false);
  expect(reads.agreeWith({ ...chip, list: [1, 2, 3, 4] })).toBe(false);
  expect(reads.agreeWith({ name: 'a', list: chip.list })).toBe(false);
});

test('listing the members is a read of their names, and JSON of all their values', () => {
  const listed = watchReads(chip);
  expect(Object.keys(listed.watched.tile)).toEqual(['rows', 'adc']);
  expect(listed.reads.agreeWith({ ...chip, tile: { rows: 1, adc: chip.tile.adc } })).toBe(true);
  expect(listed.reads.agreeWith({ ...chip, tile: { rows: 8, adc: chip.tile.adc, more: 1 } })).toBe(false);
  const written = watchReads(chip);
  expect(JSON.stringify(written.watched.tile)).toBe(JSON.stringify(chip.tile));
  expect(written.reads.agreeWith({ ...chip, tile: { rows: 8, adc: { bits: 6, mux: 1 } } })).toBe(false);
});

test('a member that is missing was read too', () => {
  const { watched, reads } = watchReads<{ readonly a?: number; readonly b: number }>({ b: 1 });
  expect(watched.a).toBeUndefined();
  expect('a' in watched).toBe(false);
  expect(reads.agreeWith({ b: 2 })).toBe(true);
  expect(reads.agreeWith({ a: 1, b: 1 })).toBe(false);
});

test('one object at two places is two places', () => {
  const part = { x: 1 };
  const { watched, reads } = watchReads({ left: part, right: part });
  expect(watched.left.x + watched.right.x).toBe(2);
  expect(reads.agreeWith({ left: { x: 1 }, right: { x: 2 } })).toBe(false);
});

test('writing is refused', () => {
  const { watched } = watchReads<{ a: number }>({ a: 1 });
  expect(() => {
    watched.a = 2;
  }).toThrow('want data that is only read');
});

test('a function of what it reads gives the same for every object that agrees', () => {
  const trees = fc.record({ a: fc.nat(1), b: fc.nat(1), c: fc.record({ d: fc.nat(1), e: fc.nat(1) }) });
  type Tree = { a: number; b: number; c: { d: number; e: number } };
  const branchy = ({ a, c, ...rest }: Tree): number => (a === 0 ? c.d : 2 + c.e + rest.b);
  fc.assert(
    fc.property(trees, trees, (given, other) => {
      const { watched, reads } = watchReads(given);
      const result = branchy(watched);
      fc.pre(reads.agreeWith(other));
      expect(branchy(other)).toBe(result);
    }),
    { seed: 5, numRuns: 300 },
  );
});

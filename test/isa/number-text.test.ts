import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readNumber, readWhole, shortestText } from '../../src/isa/number-text.ts';

fc.configureGlobal({ seed: 1 });

test.each([
  ['5', 5],
  ['-3', -3],
  ['0x1f', 31],
  ['1.5e-3', 0.0015],
  ['.5', 0.5],
  ['2.', 2],
] as const)('%s is %d', (text, value) => expect(readNumber(text)).toBe(value));
test.each(['', '-', 'e5', '1e', '0x', '-0x1', 'NaN', 'Infinity', '1_0', '1 2', '0b1'])('%j is no number', (text) =>
  expect(readNumber(text)).toBeUndefined());
test('readWhole takes whole numbers only', () =>
  expect(['3', '3.0', '3.5', '1e16'].map(readWhole)).toEqual([3, 3, undefined, undefined]));

test('shortestText is the shortest that reads back', () => {
  fc.assert(
    fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), (value) => {
      const same = (candidate: number): boolean => Object.is(Math.fround(candidate), value);
      expect(Math.fround(readNumber(shortestText(value, same))!)).toBe(value);
    }),
  );
  expect(shortestText(Math.fround(0.1), (candidate) => Math.fround(candidate) === Math.fround(0.1))).toBe('0.1');
  expect(shortestText(-0, () => true)).toBe('-0');
});

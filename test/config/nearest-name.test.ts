import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { editDistance, nearestName } from '../../src/config/nearest-name.ts';

fc.configureGlobal({ seed: 1 });

describe('editDistance', () => {
  test.each([
    ['', 'abc', 3],
    ['kitten', 'sitting', 3],
    ['abcd', 'abdc', 1],
    ['same', 'same', 0],
  ])('%j to %j is %d', (from, to, distance) => expect(editDistance(from, to)).toBe(distance));

  test('is symmetric and zero only for equal texts', () => {
    const text = fc.string({ maxLength: 8 });
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(editDistance(a, b)).toBe(editDistance(b, a));
        expect(editDistance(a, b) === 0).toBe(a === b);
      }),
    );
  });
});

describe('nearestName', () => {
  const names = ['rows', 'columns', 'adcBits', 'cmo-130nm', 'cmo-14nm'];
  test.each([
    ['row', 'rows'],
    ['colums', 'columns'],
    ['ADC_BITS', 'adcBits'],
    ['cmo130', 'cmo-130nm'],
    ['cmo14nm', 'cmo-14nm'],
    ['zebra', undefined],
    ['', undefined],
  ])('%j is near %j', (text, expected) => expect(nearestName(text, names)).toBe(expected));

  test('finds every name from itself', () => {
    expect(names.map((name) => nearestName(name, names))).toEqual(names);
  });
});

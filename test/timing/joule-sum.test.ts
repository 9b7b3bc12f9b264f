import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addJoules, addZeptojoules, createJouleSum, joulesOf, zeptojoulesOf } from '../../src/timing/joule-sum.ts';

const amount = fc.double({ min: 0, max: 1e3, noNaN: true });

test('a sum does not depend on the order of its parts', () => {
  fc.assert(
    fc.property(fc.array(amount, { maxLength: 50 }), (joules) => {
      const forward = createJouleSum();
      const backward = createJouleSum();
      for (const part of joules) addJoules(forward, part);
      for (const part of joules.toReversed()) addJoules(backward, part);
      expect(forward).toEqual(backward);
      const plain = joules.reduce((total, part) => total + part, 0);
      expect(Math.abs(joulesOf(forward) - plain)).toBeLessThanOrEqual(1e-12 * plain + joules.length * 1e-21);
    }),
    { seed: 11 },
  );
});

test('small energies are not lost beside large ones', () => {
  const sum = createJouleSum();
  addJoules(sum, 1e6);
  const before = { ...sum };
  for (let at = 0; at < 1000; at++) addJoules(sum, 3e-21);
  expect((sum.high - before.high) * 2 ** 48 + (sum.low - before.low)).toBe(3000);
});

test('energies that are no energies are refused', () => {
  for (const joules of [-1e-12, Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(() => addJoules(createJouleSum(), joules)).toThrow(`energy is ${joules} J`);
  }
});

test('whole zeptojoules go in and out exactly, far beyond 2^53', () => {
  const sum = createJouleSum();
  addJoules(sum, 3e-21);
  addZeptojoules(sum, 10n ** 25n);
  expect(zeptojoulesOf(sum)).toBe(10n ** 25n + 3n);
  expect(joulesOf(sum)).toBeCloseTo(1e4, 6);
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromBf16Bits, toBf16Bits } from '../../src/numeric/bf16.ts';

test.each([
  [0, 0x0000],
  [1, 0x3f80],
  [-2, 0xc000],
  [1 + 2 ** -8, 0x3f80],
  [1 + 3 * 2 ** -8, 0x3f82],
])('%d is %i; a tie goes to the even pattern', (value, bits) => expect(toBf16Bits(value)).toBe(bits));

test('the nearest of all patterns: half a unit in the last place off at most', () => {
  fc.assert(
    fc.property(fc.float({ min: -(2 ** 100), max: 2 ** 100, noNaN: true }), (value) => {
      const error = Math.abs(fromBf16Bits(toBf16Bits(value)) - value);
      return error <= Math.max(Math.abs(value) * 2 ** -8, 2 ** -133);
    }),
    { seed: 4 },
  );
});

test('every pattern is its own nearest; NaN stays NaN', () => {
  for (let half = 0; half < 0x10000; half++) {
    const value = fromBf16Bits(half);
    if (Number.isNaN(value)) expect(fromBf16Bits(toBf16Bits(value))).toBeNaN();
    else if (toBf16Bits(value) !== half) expect.fail(`${half} came back as ${toBf16Bits(value)}`);
  }
  expect(fromBf16Bits(toBf16Bits(Number.NaN))).toBeNaN();
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  floatImmediate,
  integerImmediate,
  literalHalves,
  packAguOperand,
  readFloatImmediate,
  readIntegerImmediate,
  readLiteral,
  unpackAguOperand,
} from '../../src/isa/immediates.ts';

fc.configureGlobal({ seed: 1 });

describe('float immediates', () => {
  test('keep 16 significant bits', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-30, max: 1e30, noNaN: true }), fc.boolean(), (size, negative) => {
        const value = negative ? -size : size;
        expect(Math.abs(readFloatImmediate(floatImmediate(value)) - value)).toBeLessThanOrEqual(
          2 ** -16 * Math.abs(value) * 1.001,
        );
      }),
      { seed: 1 },
    );
  });

  test.each([0, 1, -1, 0.5, 1.5, -2.25, 784, 65535])('%d is exact', (value) =>
    expect(readFloatImmediate(floatImmediate(value))).toBe(value));

  test('round half to even', () => {
    expect(readFloatImmediate(floatImmediate(1 + 2 ** -16))).toBe(1);
    expect(readFloatImmediate(floatImmediate(1 + 3 * 2 ** -16))).toBe(1 + 2 ** -14);
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, 3.4028234e38])('refuse %d', (value) =>
    expect(() => floatImmediate(value)).toThrow(RangeError));
});

describe('integer immediates', () => {
  test('hold every signed 24-bit integer', () => {
    fc.assert(
      fc.property(fc.integer({ min: -(2 ** 23), max: 2 ** 23 - 1 }), (value) => {
        expect(readIntegerImmediate(integerImmediate(value))).toBe(value);
      }),
    );
  });
  test.each([2 ** 23, -(2 ** 23) - 1, 0.5])('refuse %d', (value) => expect(() => integerImmediate(value)).toThrow(RangeError));
});

describe('literals', () => {
  test('carry every i32 and every finite f32', () => {
    fc.assert(
      fc.property(fc.integer(), fc.float({ noNaN: true, noDefaultInfinity: true }), (whole, real) => {
        const wholeHalves = literalHalves(whole, true);
        const realHalves = literalHalves(real, false);
        expect(readLiteral(wholeHalves.high, wholeHalves.low, true)).toBe(whole);
        expect(readLiteral(realHalves.high, realHalves.low, false)).toBe(real);
      }),
    );
  });
  test('refuse what is out of range', () => {
    expect(() => literalHalves(1e39, false)).toThrow(RangeError);
    expect(() => literalHalves(2 ** 31, true)).toThrow(RangeError);
  });
});

test('AGU operands carry id and signed offset', () => {
  fc.assert(
    fc.property(fc.nat(31), fc.integer({ min: -(2 ** 18), max: 2 ** 18 - 1 }), (id, offset) => {
      expect(unpackAguOperand(packAguOperand(id, offset))).toEqual({ id, offset });
    }),
  );
  expect(() => packAguOperand(32, 0)).toThrow(RangeError);
  expect(() => packAguOperand(0, 2 ** 18)).toThrow(RangeError);
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from '../../src/config/canonical-json.ts';

describe('canonicalJson', () => {
  test('sorts members by code unit and writes no blanks', () => {
    expect(canonicalJson({ b: [1, 2, { d: null, c: 'ü' }], a: 1e21, Z: true })).toBe(
      '{"Z":true,"a":1e+21,"b":[1,2,{"c":"ü","d":null}]}',
    );
  });

  test('leaves undefined members out and writes -0 as 0', () => expect(canonicalJson({ a: undefined, b: -0 })).toBe('{"b":0}'));

  test.each([
    [Number.NaN],
    [Number.POSITIVE_INFINITY],
    [1n],
    [() => 1],
    [new Uint8Array(1)],
    [new Date(0)],
    [undefined],
    [[undefined]],
  ])('refuses %s', (value) => expect(() => canonicalJson(value)).toThrow(RangeError));

  test('parses back to the same data and is a fixed point, for any JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(JSON.parse(text))).toBe(text);
      }),
      { seed: 1 },
    );
  });
});

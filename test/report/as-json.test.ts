import fc from 'fast-check';
import { expect, test } from 'vitest';
import { asJson } from '../../src/report/as-json.ts';

const shuffled = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(shuffled);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, shuffled(member)]),
  );
};

test('the order in which members were added changes no byte, the data survive', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = asJson(value);
      expect(asJson(shuffled(value))).toBe(text);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      expect(text.endsWith('\n')).toBe(true);
    }),
    { seed: 3 },
  );
});

test('schema and name come first', () => {
  expect(Object.keys(JSON.parse(asJson({ a: 1, name: 'x', schema: 's' })) as object)).toEqual(['schema', 'name', 'a']);
});

test('absent members are left out', () => expect(asJson({ a: undefined })).toBe('{}\n'));

test.each([Number.NaN, Number.POSITIVE_INFINITY])('%d is refused with its path', (bad) => {
  expect(() => asJson({ energy: { byLayer: [1, bad] } })).toThrow(`energy.byLayer[1] is ${bad}`);
});

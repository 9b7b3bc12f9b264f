import fc from 'fast-check';
import { expect, test } from 'vitest';
import { coveredPs, mergeSpans } from '../../src/simulate/busy-spans.ts';

const span = fc.tuple(fc.nat(100), fc.nat(20)).map(([fromPs, length]) => ({ fromPs, toPs: fromPs + length }));

test('covered time counts every picosecond once', () => {
  fc.assert(
    fc.property(fc.array(span), (spans) => {
      const busy = Array.from({ length: 130 }, (_, at) => spans.some(({ fromPs, toPs }) => at >= fromPs && at < toPs));
      expect(coveredPs(spans)).toBe(busy.filter(Boolean).length);
    }),
  );
});

test('merged spans are apart and in order', () => {
  expect(
    mergeSpans([
      { fromPs: 5, toPs: 9 },
      { fromPs: 0, toPs: 2 },
      { fromPs: 2, toPs: 3 },
    ]),
  ).toEqual([
    { fromPs: 0, toPs: 3 },
    { fromPs: 5, toPs: 9 },
  ]);
});

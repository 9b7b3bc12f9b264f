import { expect, test } from 'vitest';
import type { WordRecord } from '../../src/timing/trace.ts';
import { chip130, halt, operation, time, value, vecAdd } from './operations.ts';

test('records tell the life of each word in absolute time, delays included', () => {
  const found: WordRecord[] = [];
  const delay = operation('DLY', { a: value(1e10), layer: -1, phase: 2 });
  time([vecAdd(0, 4096, 16), delay, halt], chip130, { trace: (record) => void found.push(record) });
  // Start-up 4 and one row of lanes 1; the 64 result bytes take one access of two banks.
  const vector = {
    fetchedPs: 0n,
    issuedPs: 0n,
    startedPs: 5000n,
    endedPs: 35_000n,
    units: ['vector unit 0'],
    layer: 1,
    phase: 0,
  };
  expect(found[0]).toEqual({ sequence: 0, word: 0, mnemonic: 'VEC', ...vector });
  const end = 35_000n + 10n ** 13n + 5000n;
  expect(found[1]).toMatchObject({
    mnemonic: 'DLY',
    fetchedPs: 5000n,
    issuedPs: 5000n,
    endedPs: end,
    units: [],
    layer: -1,
    phase: 2,
  });
  expect(found[2]).toMatchObject({ mnemonic: 'HALT', fetchedPs: end, endedPs: end + 5000n });
});

import { describe, expect, test } from 'vitest';
import type { IssuedOperation } from '../../src/sequence/issued-operation.ts';
import { createLinks } from '../../src/timing/links.ts';

const word = (mnemonic: 'SEND' | 'RECV' | 'BAR', unit: number, number: number, length = 0): IssuedOperation =>
  ({ mnemonic, unit, length, a: { kind: 'value', value: number }, b: { kind: 'value', value: number } }) as IssuedOperation;

describe('links', () => {
  test('carry one message at a time; each arrives a latency after its last byte, in the order sent', () => {
    const links = createLinks(2, { bytesPerSecond: 1e9, latencyPs: 50 });
    const [first, second] = [links.portOf(0), links.portOf(1)];
    expect(second.until(word('RECV', 0, 3), 0n)).toBeUndefined();
    expect(first.send(word('SEND', 1, 3, 8), 100n)).toBe(8100n);
    expect(first.send(word('SEND', 1, 3, 2), 200n)).toBe(10100n);
    expect(second.until(word('RECV', 0, 3), 0n)).toBe(8150n);
    second.passed(word('RECV', 0, 3));
    expect(second.until(word('RECV', 0, 3), 0n)).toBe(10150n);
    expect(second.until(word('RECV', 0, 4), 0n)).toBeUndefined();
    expect(links.uses()).toEqual([{ from: 0, to: 1, messages: 2, bytes: 10, busyPs: 10000 }]);
  });

  test('a barrier opens for all a tree of latencies after the last one came, and names who has not', () => {
    const links = createLinks(3, { bytesPerSecond: 1e9, latencyPs: 50 });
    const ports = [0, 1, 2].map(links.portOf);
    expect(ports[0]!.until(word('BAR', 0, 1), 10n)).toBeUndefined();
    expect(ports[1]!.until(word('BAR', 0, 1), 400n)).toBeUndefined();
    expect(ports[0]!.describe(word('BAR', 0, 1))).toBe('barrier 1, to which controller 2 has not come');
    expect(ports[2]!.until(word('BAR', 0, 2), 20n)).toBeUndefined();
    expect(ports[2]!.describe(word('BAR', 0, 2))).toBe('barrier 2, while others are at barrier 1');
    expect(ports[2]!.until(word('BAR', 0, 1), 30n)).toBe(600n);
    expect(ports[0]!.until(word('BAR', 0, 1), 999n)).toBe(600n);
  });

  test('a link that moves nothing is refused', () => {
    expect(() => createLinks(2, { bytesPerSecond: 0, latencyPs: 0 })).toThrow(RangeError);
  });
});

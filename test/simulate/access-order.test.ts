import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { IssuedOperation } from '../../src/sequence/issued-operation.ts';
import { createAccessOrder } from '../../src/simulate/access-order.ts';
import { findRaces } from '../../src/simulate/find-races.ts';
import { bytes, dram, fence, load, operation, spm, value, vecAdd } from '../timing/operations.ts';

const store = operation('DST', { a: spm(0), d: dram(0), length: 16, reads: [bytes(0, 16)], writes: [bytes(0, 16, 'dram')] });
const send = operation('SEND', { a: spm(64), b: value(1), unit: 1, length: 4, reads: [bytes(64, 4)] });
const receive = operation('RECV', { d: spm(64), b: value(1), unit: 0, length: 4, writes: [bytes(64, 4)] });
const barrier = operation('BAR', { a: value(1), b: value(2) });
const fetch = load(8, 0, 16);

/** Races of controller 0 (first words) and 1, who takes turns after them. */
function racesOf(first: readonly IssuedOperation[], second: readonly IssuedOperation[]) {
  const order = createAccessOrder(2);
  const at = (mnemonic: string, words: readonly IssuedOperation[]) => words.findIndex((word) => word.mnemonic === mnemonic);
  const follow = (own: number, words: readonly IssuedOperation[], from: number, to: number): void =>
    words.forEach((word, place) => void (place >= from && place < to && order.follow(own, { ...word, word: place })));
  const cuts = [at('BAR', first), at('BAR', second)];
  [first, second].forEach((words, own) => void follow(own, words, 0, cuts[own]! < 0 ? words.length : cuts[own]! + 1));
  [first, second].forEach((words, own) => void (cuts[own]! >= 0 && follow(own, words, cuts[own]! + 1, words.length)));
  return findRaces(order.accesses());
}

describe('what orders a store and a load of another controller', () => {
  test('a fenced message does, and a barrier', () => {
    expect(racesOf([store, fence, send], [receive, fetch])).toEqual([]);
    expect(racesOf([store, barrier], [barrier, fetch])).toEqual([]);
    expect(racesOf([barrier, store], [fetch, barrier])).toEqual([]);
  });

  test('nothing does not: both words, the bytes and how often are said', () => {
    const sides = [
      { controller: 0, word: 0, writes: true },
      { controller: 1, word: 0, writes: false },
    ];
    expect(racesOf([store], [fetch])).toEqual([{ sides, from: 8, to: 16, times: 1, overtaken: undefined }]);
    expect(racesOf([store, store], [fetch, fetch]).map(({ times }) => times)).toEqual([1, 1, 1, 1]);
  });

  test('a message that leaves before the store is done overtakes it', () => {
    const [race] = racesOf([store, send], [receive, fetch]);
    expect(race).toMatchObject({ overtaken: 0, sides: [{ word: 0 }, { word: 1 }] });
    // A FENCE of other units does not wait for the store.
    expect(racesOf([store, operation('FENCE', { a: value(2) }), send], [receive, fetch])).toHaveLength(1);
    expect(racesOf([store, operation('FENCE', { a: value(4) }), send], [receive, fetch])).toEqual([]);
  });

  test('a message sent by a word that had to wait for the store does', () => {
    const needsBuffer = vecAdd(32, 0, 4);
    expect(racesOf([store, needsBuffer, send], [receive, fetch])).toEqual([]);
    // What was loaded and is sent has been loaded.
    const forwarded = { ...send, reads: [bytes(0, 4)] };
    expect(racesOf([fetch, forwarded], [receive, store])).toEqual([]);
    expect(racesOf([fetch, send], [receive, store])).toHaveLength(1);
  });

  test('a message of before does not, nor one that is taken too late', () => {
    expect(racesOf([send, store, fence], [receive, fetch])).toHaveLength(1);
    expect(racesOf([store, fence, send], [fetch, receive])).toHaveLength(1);
  });
});

test('a token handed around orders everybody; without any one of its messages they race', () => {
  const controllers = fc.integer({ min: 2, max: 6 });
  fc.assert(
    fc.property(controllers, fc.integer({ min: 1, max: 3 }), fc.nat(), (count, rounds, choice) => {
      const turns = count * rounds;
      // All but the last turn send a message.
      const missing = choice % (turns - 1);
      const racesWithout = (dropped: number | undefined) => {
        const order = createAccessOrder(count);
        const words = new Array<number>(count).fill(0);
        const follow = (own: number, operation: IssuedOperation) => order.follow(own, { ...operation, word: words[own]!++ });
        for (let turn = 0; turn < turns; turn++) {
          const [own, before, next] = [turn % count, (turn + count - 1) % count, (turn + 1) % count];
          if (turn > 0 && dropped !== turn - 1) follow(own, { ...receive, unit: before });
          for (const operation of [load(0, 0, 16), store, fence]) follow(own, operation);
          if (turn < turns - 1 && dropped !== turn) follow(own, { ...send, unit: next });
        }
        return findRaces(order.accesses());
      };
      expect(racesWithout(undefined)).toEqual([]);
      expect(racesWithout(missing).length).toBeGreaterThan(0);
    }),
    { numRuns: 40, seed: 95 },
  );
});

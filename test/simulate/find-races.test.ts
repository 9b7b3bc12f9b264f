import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createAccessOrder } from '../../src/simulate/access-order.ts';
import { findRaces } from '../../src/simulate/find-races.ts';
import { holdsBack } from '../../src/timing/issue-rules.ts';
import { type Followed, followedOtherwise, randomControllers } from './random-controllers.ts';

function racesOf(all: readonly Followed[]) {
  const order = createAccessOrder(3);
  for (const { own, operation } of all) order.follow(own, operation);
  return findRaces(order.accesses());
}

const isDram = ({ space }: { readonly space: string }): boolean => space === 'dram';

/** What may be first, asked of the graph of all issues and endings: slow and simple. */
function racesByGraph(all: readonly Followed[]): readonly string[] {
  // Node 2k is the issue of the k-th word, 2k + 1 its end.
  const after = new Map<number, number[]>();
  const edge = (from: number, to: number): void => void after.set(from, [...(after.get(from) ?? []), to]);
  const sent = new Map<string, number[]>();
  const barriers: number[][] = [];
  const last = [-1, -1, -1];
  const arrived = [0, 0, 0];
  all.forEach(({ own, operation }, at) => {
    edge(2 * at, 2 * at + 1);
    if (last[own]! >= 0) edge(2 * last[own]!, 2 * at);
    // Past a barrier lies what follows the word after it: its own issue says only that one has come.
    if (last[own]! >= 0 && all[last[own]!]!.operation.mnemonic === 'BAR')
      for (const other of barriers[arrived[own]! - 1]!) edge(2 * other, 2 * at);
    all.forEach((older, before) => {
      if (before < at && older.own === own && holdsBack(operation, older.operation)) edge(2 * before + 1, 2 * at);
    });
    const { mnemonic, unit } = operation;
    if (mnemonic === 'SEND') sent.set(`${own} ${unit}`, [...(sent.get(`${own} ${unit}`) ?? []), at]);
    if (mnemonic === 'RECV') edge(2 * sent.get(`${unit} ${own}`)!.shift()!, 2 * at);
    if (mnemonic === 'BAR') (barriers[arrived[own]!++] ??= []).push(at);
    last[own] = at;
  });
  const reaches = (from: number, to: number): boolean => {
    const seen = new Set([from]);
    for (const node of seen) for (const next of after.get(node) ?? []) seen.add(next);
    return seen.has(to);
  };
  const found: string[] = [];
  all.forEach((left, a) => {
    all.forEach((right, b) => {
      if (left.own >= right.own) return;
      const pairs = (one: Followed['operation'], two: Followed['operation']) =>
        one.writes
          .filter(isDram)
          .some((x) => [...two.reads, ...two.writes].filter(isDram).some((y) => x.from < y.to && y.from < x.to));
      if (!pairs(left.operation, right.operation) && !pairs(right.operation, left.operation)) return;
      if (!reaches(2 * a + 1, 2 * b) && !reaches(2 * b + 1, 2 * a))
        found.push(`${left.own} ${left.operation.word} ${right.own} ${right.operation.word}`);
    });
  });
  return found.sort();
}

const named = (races: ReturnType<typeof racesOf>): readonly string[] =>
  races
    .flatMap(({ sides: [a, b], times }) => new Array<string>(times).fill(`${a.controller} ${a.word} ${b.controller} ${b.word}`))
    .sort();

describe('races', () => {
  test('are the pairs between which the graph of issues and endings has no path', () => {
    let raced = 0;
    fc.assert(
      fc.property(randomControllers, (all) => {
        const races = racesOf(all);
        raced += races.length === 0 ? 0 : 1;
        expect(named(races)).toEqual(racesByGraph(all));
        expect(races.every(({ from, to }) => from < to)).toBe(true);
      }),
      { numRuns: 150, seed: 91 },
    );
    expect(raced).toBeGreaterThan(30);
  });

  test('do not depend on the order in which controllers are followed', () => {
    fc.assert(
      fc.property(randomControllers, (all) => {
        const otherwise = followedOtherwise(all);
        expect(otherwise).toHaveLength(all.length);
        expect(racesOf(otherwise)).toEqual(racesOf(all));
      }),
      { numRuns: 150, seed: 92 },
    );
  });

  test('controllers that only load do not race, nor does one alone', () => {
    fc.assert(
      fc.property(randomControllers, (all) => {
        const loads = all.filter(({ operation }) => operation.mnemonic !== 'DST');
        const lone = all.filter(({ own, operation }) => own === 0 && operation.mnemonic.startsWith('D'));
        expect([racesOf(loads), racesOf(lone)]).toEqual([[], []]);
      }),
      { numRuns: 40, seed: 93 },
    );
  });
});

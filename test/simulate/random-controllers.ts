import fc from 'fast-check';
import type { IssuedOperation } from '../../src/sequence/issued-operation.ts';
import { bytes, dram, fence, operation, spm, value, vecAdd } from '../timing/operations.ts';

/** One word of one controller, in an order in which several controllers can carry them out. */
export interface Followed {
  readonly own: number;
  readonly operation: IssuedOperation;
}

const choice = fc.record({
  own: fc.nat(2),
  what: fc.constantFrom(
    'load',
    'load',
    'store',
    'store',
    'add',
    'fence',
    'send',
    'send',
    'receive',
    'receive',
    'work',
    'barrier',
  ),
  /** Place in DRAM, buffer in the scratchpad, and whom a message is for. */
  at: fc.nat(3),
  slot: fc.nat(2),
  other: fc.nat(1),
});

const load = (from: number, to: number, count: number): IssuedOperation =>
  operation('DLD', { reads: [bytes(from, count, 'dram')], writes: [bytes(to, count)], a: dram(from), d: spm(to), length: count });
const store = (to: number, from: number, adds: boolean): IssuedOperation => {
  const written = bytes(to, 16, 'dram');
  return operation('DST', {
    reads: [bytes(from, 16), ...(adds ? [written] : [])],
    writes: [written],
    a: spm(from),
    d: dram(to),
    length: 16,
  });
};

/**
 * Three controllers that load, store, fence, work and talk; no RECV before its SEND, barriers of all. Words come
 * again as in a loop. */
export const randomControllers: fc.Arbitrary<readonly Followed[]> = fc.array(choice, { maxLength: 40 }).map((choices) => {
  const words = [0, 0, 0];
  const sent = new Map<string, number>();
  return choices.flatMap(({ own, what, at, slot, other }): Followed[] => {
    const peer = (own + 1 + other) % 3;
    const put = (by: number, bare: IssuedOperation): Followed => ({ own: by, operation: { ...bare, word: words[by]!++ % 4 } });
    const [place, buffer] = [8 * at, 16 * slot];
    if (what === 'load') return [put(own, load(place, buffer, 12))];
    if (what === 'store' || what === 'add') return [put(own, store(place, buffer, what === 'add'))];
    if (what === 'fence') return [put(own, fence)];
    if (what === 'work') return [put(own, vecAdd(buffer, buffer, 4))];
    if (what === 'barrier') return [0, 1, 2].map((by) => put(by, operation('BAR', { a: value(1), b: value(3) })));
    const key = what === 'send' ? `${own} ${peer}` : `${peer} ${own}`;
    const count = (sent.get(key) ?? 0) + (what === 'send' ? 1 : -1);
    if (count < 0) return [];
    sent.set(key, count);
    const payload = [bytes(64, 4)];
    const talk = what === 'send' ? operation('SEND', { reads: payload }) : operation('RECV', { writes: payload });
    return [put(own, { ...talk, b: value(7), unit: peer, length: 4 })];
  });
});

/** The same words of every controller in another order: each goes on as far as it can, higher ones first. */
export function followedOtherwise(all: readonly Followed[]): readonly Followed[] {
  const left = [0, 1, 2].map((own) => all.filter((each) => each.own === own));
  const sent = new Map<string, number>();
  const out: Followed[] = [];
  const takes = (own: number): boolean => {
    const next = left[own]![0];
    if (next === undefined || next.operation.mnemonic === 'BAR') return false;
    const { mnemonic, unit } = next.operation;
    if (mnemonic === 'RECV' && (sent.get(`${unit} ${own}`) ?? 0) === 0) return false;
    if (mnemonic === 'RECV') sent.set(`${unit} ${own}`, sent.get(`${unit} ${own}`)! - 1);
    if (mnemonic === 'SEND') sent.set(`${own} ${unit}`, (sent.get(`${own} ${unit}`) ?? 0) + 1);
    out.push(left[own]!.shift()!);
    return true;
  };
  for (let before = -1; before < out.length; ) {
    before = out.length;
    for (const own of [2, 1, 0]) while (takes(own));
    if (left.every(([next]) => next?.operation.mnemonic === 'BAR')) out.push(...[2, 0, 1].map((own) => left[own]!.shift()!));
  }
  return out;
}

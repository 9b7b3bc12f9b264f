import type { Interval, IssuedOperation } from '../sequence/issued-operation.ts';
import { holdsBack } from '../timing/issue-rules.ts';

/** Bytes of shared DRAM that one word of a controller touched, with what orders it among the words of the others. */
export interface DramAccess {
  readonly word: number;
  readonly writes: boolean;
  /** Half-open byte range. */
  readonly from: number;
  readonly to: number;
  /** Releases (SEND, BAR) of every controller that were known when the word issued; of its own, those before it. */
  readonly known: readonly number[];
  /** Releases of its own controller when something had waited for the word to be done; infinite where nothing has. */
  doneAt: number;
}

/**
 * What happens before what among controllers that share a DRAM: vector clocks (Lamport 1978, Mattern 1989) on messages and barriers.
 * Nothing here knows time: a word is done where the hazard rules or a FENCE make a later word of its controller wait for it.
 */
export interface AccessOrder {
  /** The next word of a controller in program order; a RECV after its SEND, and nothing after a BAR before all have come to it. */
  follow(own: number, operation: IssuedOperation): void;
  /** Of each controller, in program order. */
  accesses(): readonly (readonly DramAccess[])[];
}

interface Pending {
  readonly operation: IssuedOperation;
  readonly made: readonly DramAccess[];
}

type Clock = readonly number[];

const numberIn = (operand: IssuedOperation['b']): number => (operand.kind === 'value' ? operand.value : 0);
const join = (left: Clock, right: Clock): Clock => left.map((count, at) => Math.max(count, right[at]!));

/** Intervals in DRAM; of a word that reads what it writes, the writes. */
function dramIntervals({ reads, writes }: IssuedOperation): readonly (Interval & { readonly writes: boolean })[] {
  const inDram = (intervals: readonly Interval[]) => intervals.filter(({ space }) => space === 'dram');
  const written = inDram(writes);
  const read = inDram(reads).filter(({ from, to }) => !written.some((other) => other.from <= from && to <= other.to));
  return [...read.map((each) => ({ ...each, writes: false })), ...written.map((each) => ({ ...each, writes: true }))];
}

export function createAccessOrder(controllers: number): AccessOrder {
  const clocks: Clock[] = Array.from({ length: controllers }, () => new Array<number>(controllers).fill(0));
  const accesses: DramAccess[][] = clocks.map(() => []);
  const pending: Pending[][] = clocks.map(() => []);
  const messages = new Map<string, Clock[]>();
  let atBarrier: number[] = [];

  function settle(own: number, operation: IssuedOperation): void {
    pending[own] = pending[own]!.filter((older) => {
      if (!holdsBack(operation, older.operation)) return true;
      for (const access of older.made) access.doneAt = clocks[own]![own]!;
      return false;
    });
  }

  const queueOf = (from: number, to: number, { b }: IssuedOperation): Clock[] => {
    const key = `${from} ${to} ${numberIn(b)}`;
    const known = messages.get(key) ?? [];
    messages.set(key, known);
    return known;
  };

  function release(own: number): Clock {
    const clock = clocks[own]!.with(own, clocks[own]![own]! + 1);
    clocks[own] = clock;
    return clock;
  }

  function arrive(own: number): void {
    release(own);
    atBarrier.push(own);
    if (atBarrier.length < controllers) return;
    clocks.fill(clocks.reduce(join));
    atBarrier = [];
  }

  return {
    follow(own, operation) {
      settle(own, operation);
      const { mnemonic, unit, word } = operation;
      if (mnemonic === 'SEND') queueOf(own, unit, operation).push(release(own));
      if (mnemonic === 'BAR') arrive(own);
      if (mnemonic === 'RECV') {
        const sent = queueOf(unit, own, operation).shift();
        if (sent === undefined)
          throw new RangeError(`RECV of controller ${own} at word ${word} has no message; want its SEND first`);
        clocks[own] = join(clocks[own]!, sent);
      }
      const known = clocks[own]!;
      const made = dramIntervals(operation).map(({ from, to, writes }) => ({
        ...{ word, writes, from, to, known },
        doneAt: Number.POSITIVE_INFINITY,
      }));
      if (made.length === 0) return;
      accesses[own]!.push(...made);
      pending[own]!.push({ operation, made });
    },
    accesses: () => accesses,
  };
}

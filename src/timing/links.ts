import type { IssuedOperation } from '../sequence/issued-operation.ts';
import type { PeerPort } from './peer-port.ts';

/** What chips are connected by: every ordered pair has a link of its own. */
export interface LinkParameters {
  readonly bytesPerSecond: number;
  readonly latencyPs: number;
}

export interface LinkUse {
  readonly from: number;
  readonly to: number;
  readonly messages: number;
  readonly bytes: number;
  readonly busyPs: number;
}

export interface Links {
  portOf(controller: number): PeerPort;
  uses(): readonly LinkUse[];
  /** Messages sent and arrivals at barriers: grows when a word that waits has to look again. */
  changes(): number;
}

interface Link {
  freePs: bigint;
  messages: number;
  bytes: number;
  busyPs: number;
}

interface Barrier {
  readonly id: number;
  readonly arrivedPs: (bigint | undefined)[];
}

/** Messages and barriers between the controllers of one run, in time. Everything is decided by named senders and order, not by time. */
export function createLinks(controllers: number, { bytesPerSecond, latencyPs }: LinkParameters): Links {
  if (!(bytesPerSecond > 0)) throw new RangeError(`bytesPerSecond is ${bytesPerSecond}; want more than 0`);
  const links = new Map<string, Link>();
  const arrivals = new Map<string, bigint[]>();
  const barriers: Barrier[] = [];
  /** Barriers each controller has come through. */
  const through = new Array<number>(controllers).fill(0);
  const latency = BigInt(latencyPs);
  const levels = BigInt(Math.ceil(Math.log2(Math.max(1, controllers))));
  let changes = 0;

  const queueOf = (from: number, to: number, tag: number): bigint[] => {
    const key = `${from} ${to} ${tag}`;
    const known = arrivals.get(key) ?? [];
    arrivals.set(key, known);
    return known;
  };

  function barrierUntil(own: number, id: number, now: bigint): bigint | undefined {
    const at = through[own]!;
    barriers[at] ??= { id, arrivedPs: new Array<bigint | undefined>(controllers).fill(undefined) };
    const barrier = barriers[at];
    if (barrier.id !== id) return undefined;
    if (barrier.arrivedPs[own] === undefined) {
      barrier.arrivedPs[own] = now;
      changes += 1;
    }
    let last = 0n;
    for (const time of barrier.arrivedPs) {
      if (time === undefined) return undefined;
      if (time > last) last = time;
    }
    return last + 2n * levels * latency;
  }

  function describeBarrier(own: number, id: number): string {
    const barrier = barriers[through[own]!];
    if (barrier !== undefined && barrier.id !== id) return `barrier ${id}, while others are at barrier ${barrier.id}`;
    const missing = barrier?.arrivedPs.flatMap((time, at) => (time === undefined ? [at] : [])) ?? [];
    return `barrier ${id}, to which controller${missing.length === 1 ? '' : 's'} ${missing.join(', ')} has not come`;
  }

  const portOf = (own: number): PeerPort => ({
    until: (operation, now) => {
      if (operation.mnemonic === 'BAR') return barrierUntil(own, barrierOf(operation), now);
      return queueOf(operation.unit, own, tagOf(operation))[0];
    },
    passed: (operation) => {
      if (operation.mnemonic === 'BAR') through[own]! += 1;
      else queueOf(operation.unit, own, tagOf(operation)).shift();
    },
    send: (operation, at) => {
      const key = `${own} ${operation.unit}`;
      const link = links.get(key) ?? { freePs: 0n, messages: 0, bytes: 0, busyPs: 0 };
      links.set(key, link);
      const start = at > link.freePs ? at : link.freePs;
      const busyPs = Math.ceil((operation.length * 1e12) / bytesPerSecond);
      link.freePs = start + BigInt(busyPs);
      link.messages += 1;
      link.bytes += operation.length;
      link.busyPs += busyPs;
      queueOf(own, operation.unit, tagOf(operation)).push(link.freePs + latency);
      changes += 1;
      return link.freePs;
    },
    describe: (operation) =>
      operation.mnemonic === 'BAR'
        ? describeBarrier(own, barrierOf(operation))
        : `a message of controller ${operation.unit} with tag ${tagOf(operation)}`,
  });

  return {
    portOf,
    changes: () => changes,
    uses: () =>
      [...links].map(([key, { messages, bytes, busyPs }]) => {
        const [from, to] = key.split(' ').map(Number);
        return { from: from!, to: to!, messages, bytes, busyPs };
      }),
  };
}

const numberIn = (operand: IssuedOperation['b']): number => (operand.kind === 'value' ? operand.value : 0);
const tagOf = ({ b }: IssuedOperation): number => numberIn(b);
const barrierOf = ({ a }: IssuedOperation): number => numberIn(a);

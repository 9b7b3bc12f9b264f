/** Payloads between the controllers of one run: a queue for each sender, receiver and tag, so that order decides what meets what. */
export interface MessageBox {
  send(from: number, to: number, tag: number, bytes: Uint8Array): void;
  waiting(from: number, to: number, tag: number): boolean;
  /** The oldest message, taken out; undefined when there is none. */
  take(from: number, to: number, tag: number): Uint8Array | undefined;
  /** Messages that nobody has taken. */
  left(): number;
}

/** The controllers a machine runs among. */
export interface Peers {
  readonly own: number;
  readonly box: MessageBox;
}

export function createMessageBox(): MessageBox {
  const queues = new Map<string, Uint8Array[]>();
  const key = (from: number, to: number, tag: number): string => `${from} ${to} ${tag}`;
  return {
    send: (from, to, tag, bytes) => {
      const at = key(from, to, tag);
      queues.set(at, [...(queues.get(at) ?? []), bytes]);
    },
    waiting: (from, to, tag) => (queues.get(key(from, to, tag))?.length ?? 0) > 0,
    take: (from, to, tag) => queues.get(key(from, to, tag))?.shift(),
    left: () => [...queues.values()].reduce((sum, { length }) => sum + length, 0),
  };
}

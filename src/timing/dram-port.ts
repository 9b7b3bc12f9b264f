/** The one port of a DRAM that several chips share: a transfer at a time, in the order of the requests. Absolute times, ps. */
export interface DramPort {
  /** Takes the port for `busPs` from `ready` on, or when it is free; returns when the transfer begins. */
  take(ready: bigint, busPs: number): bigint;
}

export function createDramPort(): DramPort {
  let free = 0n;
  return {
    take(ready, busPs) {
      const start = ready > free ? ready : free;
      free = start + BigInt(busPs);
      return start;
    },
  };
}

/** Charges every picosecond to the phase of the oldest unfinished word. */
export interface PhaseClock {
  /** From `now` (offset) on time belongs to `phase`. */
  turn(phase: number, now: number): void;
  /** Charges time that passes at once while offsets go from `before` to `after` (the base takes the rest). */
  wait(phase: number, picoseconds: bigint, before: number, after: number): void;
  /** Charges time that passes while offsets stay. */
  add(phase: number, picoseconds: bigint): void;
  /** The phase time belongs to now. */
  current(): number;
  /** Offsets shrink by `delta`: call at every rebase, with the new now. */
  rebase(delta: number, now: number): void;
  /** Picoseconds by phase region up to `now`; they add up to the whole time. */
  totals(now: number): ReadonlyMap<number, bigint>;
}

export function createPhaseClock(): PhaseClock {
  const settled = new Map<number, bigint>();
  const pending = new Map<number, number>();
  let phase = -1;
  let since = 0;

  function charge(now: number): void {
    if (now > since) pending.set(phase, (pending.get(phase) ?? 0) + (now - since));
    since = now;
  }
  function settle(): void {
    for (const [key, picoseconds] of pending) settled.set(key, (settled.get(key) ?? 0n) + BigInt(picoseconds));
    pending.clear();
  }

  return {
    turn(next, now) {
      if (next === phase) return;
      charge(now);
      phase = next;
    },
    wait(key, picoseconds, before, after) {
      charge(before);
      settled.set(key, (settled.get(key) ?? 0n) + picoseconds);
      since = after;
    },
    add(key, picoseconds) {
      if (picoseconds > 0n) settled.set(key, (settled.get(key) ?? 0n) + picoseconds);
    },
    current: () => phase,
    rebase(delta, now) {
      charge(now + delta);
      settle();
      since = now;
    },
    totals(now) {
      charge(now);
      settle();
      return new Map([...settled].sort(([x], [y]) => x - y));
    },
  };
}

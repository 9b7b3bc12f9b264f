import { createEventHeap } from './event-heap.ts';

export type EventHandler = (a: number, b: number) => void;

/** Phase of the controller's own events: after every word's at the same instant, so that it sees a settled machine. */
export const controllerPhase = Number.MAX_VALUE;

/** Offsets are moved into the base before they pass this, far below 2^53 where picoseconds stop being exact. */
const rebasePs = 2 ** 50;

/**
 * The event queue and the time. Time is `base + now`: an exact bigint epoch and a whole number of picoseconds, so hot code
 * calculates with plain numbers and a device may still train for days.
 */
export interface Engine {
  /** Picoseconds since the base. */
  now(): number;
  /** Absolute time, exact. */
  absolute(offset?: number): bigint;
  /** Events handled so far. */
  handled(): number;
  register(handler: EventHandler): number;
  /** Runs `handler(a, b)` at `time`. RangeError when that is past or not exact. */
  schedule(time: number, phase: number, handler: number, a: number, b: number): void;
  /** Moves straight to `time` when nothing is due until then: an event that needs no queue. False when it must be scheduled. */
  advance(time: number): boolean;
  /** When the next event is due, absolute; undefined when none is pending. */
  nextTime(): bigint | undefined;
  /** Handles events until none is left ('dry'), `stop` was called, or `maxEvents` were handled. */
  run(maxEvents: number): 'dry' | 'stopped' | 'limit';
  stop(): void;
  /** Lets any time pass while nothing is pending; returns how far the base moved (older offsets still count from the old one). */
  wait(picoseconds: bigint): bigint;
  /** Called with the picoseconds that moved from offsets into the base; holders of offsets subtract them. */
  onRebase(callback: (delta: number) => void): void;
  /** Closed forms: see `EventHeap`. */
  describeWord(phase: number, into: number[]): void;
  firstOther(phase: number): number;
  /** See `EventHeap.describeAll`, relative to now. */
  describeAll(placeOf: (phase: number) => number, into: number[]): void;
  /** Lets time pass with everything that is pending: only the base moves. RangeError unless by a multiple of `repeatPs`. */
  leap(picoseconds: bigint): void;
  /** Removes the pending events of one word. */
  drop(phase: number): void;
  /** Moves time and the pending events of one word by `delta`. */
  jump(phase: number, delta: number): void;
}

/** `repeatPs`: the base only moves by multiples of it, so that clock edges stay where they are. */
export function createEngine(repeatPs: number, rebaseAt = rebasePs): Engine {
  const heap = createEventHeap();
  const handlers: EventHandler[] = [];
  const rebasers: ((delta: number) => void)[] = [];
  let base = 0n;
  let now = 0;
  let handled = 0;
  let budget = Number.POSITIVE_INFINITY;
  let running = true;

  function rebase(): void {
    const delta = Math.floor(now / repeatPs) * repeatPs;
    base += BigInt(delta);
    now -= delta;
    heap.shiftAll(-delta);
    for (const callback of rebasers) callback(delta);
  }

  return {
    now: () => now,
    absolute: (offset = now) => base + BigInt(offset),
    handled: () => handled,
    register: (handler) => handlers.push(handler) - 1,
    schedule(time, phase, handler, a, b) {
      if (!(time >= now && time <= Number.MAX_SAFE_INTEGER)) {
        throw new RangeError(`event time is ${time} ps; want ${now} or later, below 2^53`);
      }
      heap.push(time, phase, handler, a, b);
    },
    advance(time) {
      if (heap.firstTime() <= time || time >= rebaseAt || handled >= budget) return false;
      now = time;
      handled++;
      return true;
    },
    nextTime: () => (heap.size() === 0 ? undefined : base + BigInt(heap.firstTime())),
    run(maxEvents) {
      budget = maxEvents;
      running = true;
      while (heap.size() > 0) {
        if (handled >= budget) return 'limit';
        const slot = heap.pop();
        const handler = handlers[heap.handler(slot)]!;
        const a = heap.a(slot);
        const b = heap.b(slot);
        now = heap.time(slot);
        handled++;
        if (now >= rebaseAt) rebase();
        handler(a, b);
        if (!running) return 'stopped';
      }
      return 'dry';
    },
    stop() {
      running = false;
    },
    wait(picoseconds) {
      if (heap.size() > 0) throw new RangeError(`${heap.size()} events are pending; want 0 to let time pass`);
      const rest = picoseconds % BigInt(repeatPs);
      base += picoseconds - rest;
      now += Number(rest);
      return picoseconds - rest;
    },
    onRebase: (callback) => void rebasers.push(callback),
    describeWord: (phase, into) => heap.describePhase(phase, now, into),
    firstOther: (phase) => heap.firstOther(phase),
    describeAll: (placeOf, into) => heap.describeAll(now, placeOf, into),
    leap(picoseconds) {
      if (picoseconds % BigInt(repeatPs) !== 0n)
        throw new RangeError(`leap is ${picoseconds} ps; want a multiple of ${repeatPs}`);
      base += picoseconds;
    },
    drop: (phase) => heap.dropPhase(phase),
    jump(phase, delta) {
      now += delta;
      heap.shiftPhase(phase, delta);
    },
  };
}

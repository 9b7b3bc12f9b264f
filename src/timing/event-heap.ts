/**
 * Pending events in total order (time, phase, sequence), in flat arrays: nothing is allocated per event.
 * `phase` is the program position of the word an event serves, so that of two events at one instant the older word's goes first,
 * whenever they were scheduled; `sequence` is the order of scheduling.
 */
export interface EventHeap {
  size(): number;
  /** Time of the first event; Infinity when there is none. */
  firstTime(): number;
  push(time: number, phase: number, handler: number, a: number, b: number): void;
  /** Removes the first event and returns its slot, whose fields stay readable until the next push. */
  pop(): number;
  time(slot: number): number;
  handler(slot: number): number;
  a(slot: number): number;
  b(slot: number): number;
  /** Adds `delta` to the time of every event. */
  shiftAll(delta: number): void;
  /** Adds `delta` to the time of the events of one phase; their order among themselves is kept. */
  shiftPhase(phase: number, delta: number): void;
  /** Earliest time among events of other phases; Infinity when there is none. */
  firstOther(phase: number): number;
  /** Appends (time - origin, handler, b) of the events of one phase, in order. */
  describePhase(phase: number, origin: number, into: number[]): void;
}

export function createEventHeap(initialCapacity = 256): EventHeap {
  let times = new Float64Array(initialCapacity);
  let phases = new Float64Array(initialCapacity);
  let sequences = new Float64Array(initialCapacity);
  let handlers = new Int32Array(initialCapacity);
  let firsts = new Int32Array(initialCapacity);
  let seconds = new Int32Array(initialCapacity);
  // A permutation of the slots: the heap in front, the free slots behind it.
  let order = Int32Array.from({ length: initialCapacity }, (_, slot) => slot);
  let size = 0;
  let scheduled = 0;

  function before(x: number, y: number): boolean {
    const byTime = times[x]! - times[y]!;
    if (byTime !== 0) return byTime < 0;
    const px = phases[x]!;
    const py = phases[y]!;
    return px === py ? sequences[x]! < sequences[y]! : px < py;
  }

  function siftUp(from: number): void {
    const slot = order[from]!;
    let at = from;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const other = order[parent]!;
      if (!before(slot, other)) break;
      order[at] = other;
      at = parent;
    }
    order[at] = slot;
  }

  function siftDown(from: number): void {
    const slot = order[from]!;
    let at = from;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= size) break;
      if (child + 1 < size && before(order[child + 1]!, order[child]!)) child++;
      const other = order[child]!;
      if (!before(other, slot)) break;
      order[at] = other;
      at = child;
    }
    order[at] = slot;
  }

  function grow(): void {
    const capacity = 2 * order.length;
    const wider = <T extends Float64Array | Int32Array>(old: T, fresh: T): T => {
      fresh.set(old);
      return fresh;
    };
    const first = order.length;
    times = wider(times, new Float64Array(capacity));
    phases = wider(phases, new Float64Array(capacity));
    sequences = wider(sequences, new Float64Array(capacity));
    handlers = wider(handlers, new Int32Array(capacity));
    firsts = wider(firsts, new Int32Array(capacity));
    seconds = wider(seconds, new Int32Array(capacity));
    order = wider(order, new Int32Array(capacity));
    for (let slot = first; slot < capacity; slot++) order[slot] = slot;
  }

  return {
    size: () => size,
    firstTime: () => (size === 0 ? Number.POSITIVE_INFINITY : times[order[0]!]!),
    push(time, phase, handler, a, b) {
      if (size === order.length) grow();
      const slot = order[size]!;
      times[slot] = time;
      phases[slot] = phase;
      sequences[slot] = scheduled++;
      handlers[slot] = handler;
      firsts[slot] = a;
      seconds[slot] = b;
      siftUp(size++);
    },
    pop() {
      if (size === 0) throw new RangeError('0 events are pending; want at least 1 to take');
      const slot = order[0]!;
      size--;
      order[0] = order[size]!;
      order[size] = slot;
      if (size > 1) siftDown(0);
      return slot;
    },
    time: (slot) => times[slot]!,
    handler: (slot) => handlers[slot]!,
    a: (slot) => firsts[slot]!,
    b: (slot) => seconds[slot]!,
    shiftAll(delta) {
      for (let at = 0; at < size; at++) times[order[at]!]! += delta;
    },
    shiftPhase(phase, delta) {
      for (let at = 0; at < size; at++) if (phases[order[at]!] === phase) times[order[at]!]! += delta;
      for (let at = (size >> 1) - 1; at >= 0; at--) siftDown(at);
    },
    firstOther(phase) {
      let first = Number.POSITIVE_INFINITY;
      for (let at = 0; at < size; at++) {
        const slot = order[at]!;
        if (phases[slot] !== phase && times[slot]! < first) first = times[slot]!;
      }
      return first;
    },
    describePhase(phase, origin, into) {
      const own = Array.from(order.subarray(0, size)).filter((slot) => phases[slot] === phase);
      own.sort((x, y) => (before(x, y) ? -1 : 1));
      for (const slot of own) into.push(times[slot]! - origin, handlers[slot]!, seconds[slot]!);
    },
  };
}

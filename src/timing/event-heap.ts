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
  /** Removes the events of one phase. */
  dropPhase(phase: number): void;
  /** Earliest time among events of other phases; Infinity when there is none. */
  firstOther(phase: number): number;
  /** Appends (time - origin, handler, b) of the events of one phase, in order. */
  describePhase(phase: number, origin: number, into: number[]): void;
  /** Appends (time - origin, place of its phase, handler, b) of every event, in order. */
  describeAll(origin: number, placeOf: (phase: number) => number, into: number[]): void;
}

export function createEventHeap(initialCapacity = 256): EventHeap {
  let times = new Float64Array(initialCapacity);
  let phases = new Float64Array(initialCapacity);
  let sequences = new Float64Array(initialCapacity);
  let handlers = new Int32Array(initialCapacity);
  let firsts = new Int32Array(initialCapacity);
  let seconds = new Int32Array(initialCapacity);
  // A permutation of the slots: the heap in front, the free slots behind it. `keys` repeats the times in heap order.
  let order = Int32Array.from({ length: initialCapacity }, (_, slot) => slot);
  let keys = new Float64Array(initialCapacity);
  let size = 0;
  let scheduled = 0;

  /** Order of two events at the same time. */
  function beforeAtOnce(x: number, y: number): boolean {
    const px = phases[x]!;
    const py = phases[y]!;
    return px === py ? sequences[x]! < sequences[y]! : px < py;
  }

  function before(x: number, y: number): boolean {
    return times[x]! === times[y]! ? beforeAtOnce(x, y) : times[x]! < times[y]!;
  }

  function siftUp(from: number, slot: number, key: number): void {
    let at = from;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const parentKey = keys[parent]!;
      if (parentKey < key) break;
      const other = order[parent]!;
      if (parentKey === key && !beforeAtOnce(slot, other)) break;
      order[at] = other;
      keys[at] = parentKey;
      at = parent;
    }
    order[at] = slot;
    keys[at] = key;
  }

  function siftDown(from: number, slot: number, key: number): void {
    let at = from;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= size) break;
      let childKey = keys[child]!;
      const right = child + 1;
      if (right < size) {
        const rightKey = keys[right]!;
        if (rightKey < childKey || (rightKey === childKey && beforeAtOnce(order[right]!, order[child]!))) {
          child = right;
          childKey = rightKey;
        }
      }
      if (key < childKey) break;
      const other = order[child]!;
      if (key === childKey && beforeAtOnce(slot, other)) break;
      order[at] = other;
      keys[at] = childKey;
      at = child;
    }
    order[at] = slot;
    keys[at] = key;
  }

  function grow(): void {
    const first = order.length;
    const capacity = 2 * first;
    const wider = <T extends Float64Array | Int32Array>(old: T, fresh: T): T => {
      fresh.set(old);
      return fresh;
    };
    times = wider(times, new Float64Array(capacity));
    phases = wider(phases, new Float64Array(capacity));
    sequences = wider(sequences, new Float64Array(capacity));
    handlers = wider(handlers, new Int32Array(capacity));
    firsts = wider(firsts, new Int32Array(capacity));
    seconds = wider(seconds, new Int32Array(capacity));
    order = wider(order, new Int32Array(capacity));
    keys = wider(keys, new Float64Array(capacity));
    for (let slot = first; slot < capacity; slot++) order[slot] = slot;
  }

  function shift(at: number, delta: number): void {
    times[order[at]!]! += delta;
    keys[at]! += delta;
  }

  return {
    size: () => size,
    firstTime: () => (size === 0 ? Number.POSITIVE_INFINITY : keys[0]!),
    push(time, phase, handler, a, b) {
      if (size === order.length) grow();
      const slot = order[size]!;
      times[slot] = time;
      phases[slot] = phase;
      sequences[slot] = scheduled++;
      handlers[slot] = handler;
      firsts[slot] = a;
      seconds[slot] = b;
      siftUp(size++, slot, time);
    },
    pop() {
      if (size === 0) throw new RangeError('0 events are pending; want at least 1 to take');
      const slot = order[0]!;
      size--;
      const last = order[size]!;
      order[size] = slot;
      if (size > 0) siftDown(0, last, keys[size]!);
      return slot;
    },
    time: (slot) => times[slot]!,
    handler: (slot) => handlers[slot]!,
    a: (slot) => firsts[slot]!,
    b: (slot) => seconds[slot]!,
    shiftAll(delta) {
      for (let at = 0; at < size; at++) shift(at, delta);
    },
    shiftPhase(phase, delta) {
      for (let at = 0; at < size; at++) if (phases[order[at]!] === phase) shift(at, delta);
      for (let at = (size >> 1) - 1; at >= 0; at--) siftDown(at, order[at]!, keys[at]!);
    },
    dropPhase(phase) {
      const kept = Array.from(order.subarray(0, size)).filter((slot) => phases[slot] !== phase);
      const dropped = Array.from(order.subarray(0, size)).filter((slot) => phases[slot] === phase);
      order.set([...kept, ...dropped]);
      size = kept.length;
      for (let at = 0; at < size; at++) keys[at] = times[order[at]!]!;
      for (let at = (size >> 1) - 1; at >= 0; at--) siftDown(at, order[at]!, keys[at]!);
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
    describeAll(origin, placeOf, into) {
      const all = Array.from(order.subarray(0, size)).sort((x, y) => (before(x, y) ? -1 : 1));
      for (const slot of all) into.push(times[slot]! - origin, placeOf(phases[slot]!), handlers[slot]!, seconds[slot]!);
    },
  };
}

import { limits } from '../../isa/limits.ts';

interface Loop {
  readonly level: number;
  readonly start: number;
  readonly end: number;
  remaining: number;
}

/** Zero-overhead hardware loops: entered by LOOP, advanced whenever the next word is the end of a body. */
export interface LoopStack {
  /** Current counters by level; what AGUs multiply. */
  readonly counters: readonly number[];
  counter(level: number): number;
  /** Returns the word to go to: the body, or its end when the trip count is 0 or less. */
  enter(level: number, start: number, end: number, first: number, trips: number): number;
  /** The word to run next when `word` may be the end of one or more bodies. */
  leave(word: number): number;
}

export function createLoopStack(): LoopStack {
  const counters = new Array<number>(limits.loopLevels).fill(0);
  const stack: Loop[] = [];
  return {
    counters,
    counter: (level) => counters[level] ?? 0,
    enter: (level, start, end, first, trips) => {
      if (trips <= 0) return end;
      counters[level] = first;
      stack.push({ level, start, end, remaining: trips });
      return start;
    },
    leave: (word) => {
      for (;;) {
        const loop = stack[stack.length - 1];
        if (loop === undefined || word !== loop.end) return word;
        loop.remaining -= 1;
        if (loop.remaining > 0) {
          counters[loop.level] = (counters[loop.level] ?? 0) + 1;
          return loop.start;
        }
        stack.pop();
      }
    },
  };
}

import { limits } from '../../isa/limits.ts';

/** One entry into a loop: a new object every time LOOP runs. */
export interface Loop {
  readonly level: number;
  /** First word of the body and the word behind it. */
  readonly start: number;
  readonly end: number;
  /** Iterations left, the one running included. */
  remaining: number;
}

/** Zero-overhead hardware loops: entered by LOOP, advanced whenever the next word is the end of a body. */
export interface LoopStack {
  /** Current counters by level; what AGUs multiply. */
  readonly counters: readonly number[];
  /** The loop whose next iteration the last `leave` began; undefined when it began none. */
  readonly crossed: Loop | undefined;
  counter(level: number): number;
  /** Returns the word to go to: the body, or its end when the trip count is 0 or less. */
  enter(level: number, start: number, end: number, first: number, trips: number): number;
  /** The word to run next when `word` may be the end of one or more bodies. */
  leave(word: number): number;
  /** Leaves out whole iterations of a loop, fewer than remain. */
  skip(loop: Loop, iterations: number): void;
}

export function createLoopStack(): LoopStack {
  const counters = new Array<number>(limits.loopLevels).fill(0);
  const stack: Loop[] = [];
  let crossed: Loop | undefined;
  const advance = (loop: Loop, iterations: number): void => {
    loop.remaining -= iterations;
    counters[loop.level] = (counters[loop.level] ?? 0) + iterations;
  };
  return {
    counters,
    get crossed() {
      return crossed;
    },
    counter: (level) => counters[level] ?? 0,
    enter: (level, start, end, first, trips) => {
      if (trips <= 0) return end;
      counters[level] = first;
      stack.push({ level, start, end, remaining: trips });
      return start;
    },
    leave: (word) => {
      crossed = undefined;
      for (;;) {
        const loop = stack[stack.length - 1];
        if (loop === undefined || word !== loop.end) return word;
        if (loop.remaining > 1) {
          advance(loop, 1);
          crossed = loop;
          return loop.start;
        }
        stack.pop();
      }
    },
    skip: (loop, iterations) => {
      if (!(iterations >= 0 && iterations < loop.remaining))
        throw new RangeError(`iterations to skip are ${iterations}; want 0 to ${loop.remaining - 1}`);
      advance(loop, iterations);
    },
  };
}

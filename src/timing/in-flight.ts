import type { Word } from './word.ts';

/** Words issued and not finished, in program order. */
export interface InFlight {
  readonly words: readonly Word[];
  oldest(): Word | undefined;
  add(word: Word): void;
  /** Forgets finished words at the front; those behind an unfinished one stay, marked done. */
  trim(): void;
}

export function createInFlight(): InFlight {
  const words: Word[] = [];
  return {
    words,
    oldest: () => words[0],
    add: (word) => void words.push(word),
    trim() {
      let done = 0;
      while (done < words.length && words[done]!.done) done++;
      if (done === 1) words.shift();
      else if (done > 1) words.splice(0, done);
    },
  };
}

import type { RegionScope } from '../isa/program.ts';
import { functionCode } from './table-lookup.ts';

/** Opens and closes the scopes of a program as control flow enters and leaves their words. */
export interface ScopeWalk {
  /** About to run `word`: opens what begins there. */
  enter(word: number): void;
  /** From `word` to `next`: closes what is left, innermost first. A word that is gone back to is entered again. */
  leave(word: number, next: number): void;
  /**
   * Scopes opened and closed so far. Each takes a sequence number as the MARK in its place would, so that random draws behind it are
   * the same either way.
   */
  readonly turns: number;
}

type Mark = (fn: number, region: number) => void;

export function createScopeWalk(scopes: readonly RegionScope[], mark: Mark): ScopeWalk {
  const begin = functionCode('MARK', 'begin');
  const end = functionCode('MARK', 'end');
  const starting = new Map<number, RegionScope[]>();
  for (const scope of scopes) {
    const known = starting.get(scope.start);
    if (known === undefined) starting.set(scope.start, [scope]);
    else known.push(scope);
  }
  const open: RegionScope[] = [];
  let turns = 0;
  return {
    enter(word) {
      const found = starting.get(word);
      if (found === undefined) return;
      for (const scope of found) {
        open.push(scope);
        mark(begin, scope.region);
        turns++;
      }
    },
    leave(word, next) {
      for (let scope = open.at(-1); scope !== undefined; scope = open.at(-1)) {
        // Back to where it begins or before: out of it, as a loop leaves its body at every turn.
        const left = next > word ? next >= scope.end : next <= scope.start;
        if (!left) return;
        open.pop();
        mark(end, scope.region);
        turns++;
      }
    },
    get turns() {
      return turns;
    },
  };
}

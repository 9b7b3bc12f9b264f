import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLoopStack } from '../../src/sequence/loop-stack.ts';

/** Words 0… of a body that is all loops: runs it and returns the visited (word, counters). */
function walk(
  loops: readonly { readonly at: number; readonly end: number; readonly trips: number; readonly first?: number }[],
  end: number,
) {
  const stack = createLoopStack();
  const visited: string[] = [];
  let word = stack.leave(0);
  while (word < end) {
    const level = loops.findIndex(({ at }) => at === word);
    if (level >= 0) {
      const loop = loops[level]!;
      word = stack.enter(level, word + 1, loop.end, loop.first ?? 0, loop.trips);
    } else {
      visited.push(`${word}:${stack.counters.slice(0, loops.length).join(',')}`);
      word += 1;
    }
    word = stack.leave(word);
  }
  return { visited, word };
}

describe('loop stack', () => {
  it('runs a body trip-count times, counting from the start value', () => {
    expect(walk([{ at: 0, end: 2, trips: 3, first: 5 }], 3).visited).toEqual(['1:5', '1:6', '1:7', '2:7']);
  });

  it('skips the body at trip count 0 or less and leaves the counter alone', () => {
    for (const trips of [0, -1]) {
      const stack = createLoopStack();
      expect(stack.enter(0, 1, 4, 9, trips)).toBe(4);
      expect(stack.counter(0)).toBe(0);
      expect(stack.leave(4)).toBe(4);
    }
  });

  it('nests, also where both bodies end at the same word', () => {
    const loops = [
      { at: 0, end: 3, trips: 2 },
      { at: 1, end: 3, trips: 3 },
    ];
    const { visited, word } = walk(loops, 4);
    expect(visited).toEqual(['2:0,0', '2:0,1', '2:0,2', '2:1,0', '2:1,1', '2:1,2', '3:1,2']);
    expect(word).toBe(4);
  });

  it('continues the outer loop when the inner one at its end is skipped', () => {
    const loops = [
      { at: 0, end: 3, trips: 2 },
      { at: 2, end: 3, trips: 0 },
    ];
    expect(walk(loops, 3).visited).toEqual(['1:0,0', '1:1,0']);
  });

  it('reads 0 for a level nobody entered', () => {
    expect(createLoopStack().counter(5)).toBe(0);
  });

  it('law: an innermost word runs the product of all trip counts', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(4), { minLength: 1, maxLength: 5 }), (trips) => {
        const body = trips.length;
        const loops = trips.map((count, at) => ({ at, end: body + 1, trips: count }));
        const product = trips.reduce((total, count) => total * count, 1);
        expect(walk(loops, body + 1).visited.length).toBe(product);
      }),
      { seed: 1 },
    );
  });
});

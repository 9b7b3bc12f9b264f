import { expect, test } from 'vitest';
import { createInFlight } from '../../src/timing/in-flight.ts';
import type { Word } from '../../src/timing/word.ts';

test('the oldest unfinished word stays in front, whatever finishes behind it', () => {
  const inFlight = createInFlight();
  const words = [0, 1, 2, 3].map((slot) => ({ slot, done: false }) as Word);
  for (const word of words) inFlight.add(word);
  const finish = (index: number) => {
    words[index]!.done = true;
    inFlight.trim();
    return [inFlight.oldest()?.slot, inFlight.words.length];
  };
  expect(finish(1)).toEqual([0, 4]);
  expect(finish(0)).toEqual([2, 2]);
  expect(finish(2)).toEqual([3, 1]);
  expect(finish(3)).toEqual([undefined, 0]);
});

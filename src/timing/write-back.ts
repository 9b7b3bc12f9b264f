import type { Fabric } from './fabric.ts';
import type { Word } from './word.ts';

/** Reserves the scratchpad read ports for everything a word reads there, from `at` on; returns when the last word is out. */
export function readOperands(fabric: Fabric, word: Word, at: number): number {
  let done = at;
  for (const { space, from, to } of word.operation.reads) {
    if (space === 'spm') done = Math.max(done, fabric.scratchpad.read(from, to - from, at));
  }
  return done;
}

/** Schedules what a word writes to the scratchpad for the time its result is there; the word finishes when it is written. */
export type WriteBack = (word: Word, at: number) => void;

export function createWriteBack(fabric: Fabric): WriteBack {
  const { engine, scratchpad } = fabric;
  const writeEvent = engine.register((slot) => {
    const word = fabric.words[slot]!;
    const now = engine.now();
    let done = now;
    for (const { space, from, to } of word.operation.writes) {
      if (space === 'spm') done = Math.max(done, scratchpad.write(from, to - from, now));
    }
    fabric.finish(word, done);
  });
  return (word, at) => engine.schedule(at, word.operation.sequence, writeEvent, word.slot, 0);
}

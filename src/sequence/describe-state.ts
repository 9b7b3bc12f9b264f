import { limits } from '../../isa/limits.ts';
import type { Loop } from './loop-stack.ts';
import type { RowWalk } from './row-walks.ts';
import type { SequencerState } from './sequencer-state.ts';

/** Gives equal numbers to objects of equal content. */
export type Intern = (object: object) => number;

export function createIntern(): Intern {
  const known = new WeakMap<object, number>();
  const byContent = new Map<string, number>();
  return (object) => {
    const found = known.get(object);
    if (found !== undefined) return found;
    const content = JSON.stringify(object);
    const id = byContent.get(content) ?? byContent.size;
    byContent.set(content, id);
    known.set(object, id);
    return id;
  };
}

/**
 * Appends all that decides what a program does from the start of an iteration of `loop` on, but for that loop's own counter and
 * remaining iterations, outer loops, which do not change inside it, and the rows that transfers are at.
 */
export function describeState(
  state: SequencerState,
  loop: Loop,
  walks: readonly RowWalk[],
  intern: Intern,
  into: number[],
): void {
  const { registers, loops, regions, groups, generators, windows } = state;
  for (let id = 0; id < limits.registers; id++)
    into.push(walks.some(({ register }) => register === id) ? 0 : registers.readInteger(id));
  for (let level = 0; level < limits.loopLevels; level++) into.push(level === loop.level ? 0 : loops.counter(level));
  regions.describe(into);
  groups.describe(intern, into);
  for (const table of [generators, windows]) {
    into.push(table.size);
    for (const [id, entry] of table) into.push(id, intern(entry));
  }
}

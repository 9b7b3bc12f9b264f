import type { ValidationRow } from './row.ts';
import type { RowFamily } from './row-family.ts';

/** Rows of a long family as measured once, with what they were measured by. */
export interface StoredFamily {
  readonly family: string;
  /** `semantics` of the version that measured; others' rows are shown as stale. */
  readonly semantics: string;
  /** Calendar day, YYYY-MM-DD. */
  readonly date: string;
  readonly rows: readonly ValidationRow[];
}

/** Where results of long families are kept between runs. */
export interface RowStore {
  read(name: string): string | undefined;
  write(name: string, text: string): void;
}

const slug = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
export const storedName = ({ name }: RowFamily): string => `${slug(name)}.json`;

/** What the store holds of a family; undefined when nothing, or nothing readable: it is then measured again. */
export function readStored(store: RowStore, family: RowFamily): StoredFamily | undefined {
  const text = store.read(storedName(family));
  if (text === undefined) return undefined;
  try {
    const stored = JSON.parse(text) as StoredFamily;
    return stored.family === family.name && Array.isArray(stored.rows) ? stored : undefined;
  } catch {
    return undefined;
  }
}

export function writeStored(store: RowStore, family: RowFamily, stored: StoredFamily): void {
  store.write(storedName(family), `${JSON.stringify(stored, undefined, 1)}\n`);
}

/** Stored rows as a default run shows them: never judged, and marked stale when the meaning of numbers changed since. */
export const shownStored = ({ rows, date, semantics }: StoredFamily, current: string): readonly ValidationRow[] =>
  rows.map((row) => ({ ...row, informative: true, stored: { date, stale: semantics !== current } }));

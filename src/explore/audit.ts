import { sha256 } from '../config/hash.ts';
import { digestOf, isRetryable, sealResult } from './item-result.ts';
import type { ResultStore } from './result-store.ts';
import type { PlannedItem } from './survey.ts';

/** What the files of a sweep are worth. */
export interface Audit {
  /** Planned items with a valid result. */
  readonly valid: number;
  /** Planned items whose worker died, timed out or failed inside: a resume tries them again. */
  readonly retryable: number;
  /** Items that need computing, no file being there. */
  readonly missing: readonly string[];
  /** Items whose file is truncated or altered. */
  readonly damaged: readonly string[];
  /** Items with two different results. */
  readonly conflicts: readonly string[];
  /** Result files of items that the sweep no longer has. */
  readonly strangers: number;
}

export function auditStore(items: readonly PlannedItem[], store: ResultStore): Audit {
  const { ids, conflicts } = store.list();
  const files = new Set(ids);
  const planned = new Set(items.map(({ id }) => id));
  const results = items.map(({ id }) => ({ id, result: store.read(id) }));
  const known = results.flatMap(({ result }) => (result === undefined ? [] : [result]));
  const unknown = results.filter(({ result }) => result === undefined).map(({ id }) => id);
  return {
    valid: known.length,
    retryable: known.filter(isRetryable).length,
    missing: unknown.filter((id) => !files.has(id)),
    damaged: unknown.filter((id) => files.has(id)),
    conflicts: [...new Set(conflicts)],
    strangers: ids.filter((id) => !planned.has(id)).length,
  };
}

/** The items to compute again in a check: a fixed choice that no order of planning changes; at least one. */
export function auditSample(items: readonly PlannedItem[], share: number): readonly PlannedItem[] {
  const drawn = items.map((item) => ({ item, draw: sha256(`verify ${item.id}`) })).sort((a, b) => (a.draw < b.draw ? -1 : 1));
  return drawn.slice(0, Math.max(1, Math.ceil(share * items.length))).map(({ item }) => item);
}

/** Takes over every valid result of another folder. @throws DeterminismError when both have an item and differ. */
export function adopt(from: ResultStore, into: ResultStore): number {
  let taken = 0;
  for (const id of from.list().ids) {
    const result = from.read(id);
    if (result === undefined) continue;
    const own = into.read(id);
    const sealed = sealResult(result);
    if (own !== undefined && digestOf(own) === sealed.digest) continue;
    into.write(sealed);
    taken += 1;
  }
  return taken;
}

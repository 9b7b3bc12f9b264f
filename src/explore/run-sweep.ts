import type { Executor } from './executor.ts';
import { type ItemResult, isRetryable } from './item-result.ts';
import type { ResultStore } from './result-store.ts';
import type { PlannedItem, Survey, Surveyor } from './survey.ts';

/** One part of `count` equal ones, by item id: the same whatever else the sweep holds. */
export interface Shard {
  /** 0 … count - 1. */
  readonly index: number;
  readonly count: number;
}

export interface SweepProgress {
  /** A round of items begins: a stage, or a generation. */
  round(items: number, known: number): void;
  result(item: PlannedItem, result: ItemResult): void;
  roundDone(): void;
}

export interface RunSweepInput {
  readonly surveyor: Surveyor;
  readonly store: ResultStore;
  readonly executor: Executor;
  readonly progress: SweepProgress;
  readonly shard?: Shard;
  /** Computes only one item of every group that trains the same reference, so that the others find it. */
  readonly prepare?: boolean;
  /** Ends the run after the items at hand; what is done stays. */
  readonly signal?: AbortSignal;
}

/** An item whose worker died gets this many attempts in one run. */
const attemptsPerRun = 2;

export const inShard = (id: string, { index, count }: Shard): boolean => Number.parseInt(id.slice(0, 8), 16) % count === index;

/**
 * Computes every item that has no valid result, round by round, until the sweep is complete, the shard has no more to do or the signal
 * comes. Results that may go better another time are tried again. @throws DeterminismError
 */
export async function runSweep(input: RunSweepInput): Promise<Survey> {
  const { surveyor, store, progress, shard, signal } = input;
  const attempts = new Map<string, number>();
  const known = (id: string): ItemResult | undefined => {
    const result = store.read(id);
    return result !== undefined && isRetryable(result) && !attempts.has(id) ? undefined : result;
  };
  for (;;) {
    const survey = surveyor.survey(known);
    const missing = survey.items.filter(({ id }) => known(id) === undefined);
    const wanted = input.prepare === true ? firstOfGroups(survey.items).filter((item) => missing.includes(item)) : missing;
    const own = shard === undefined ? wanted : wanted.filter(({ id }) => inShard(id, shard));
    if (own.length === 0 || signal?.aborted === true) return survey;
    progress.round(own.length, survey.items.length - missing.length);
    await executeAll(own, input, attempts);
    progress.roundDone();
  }
}

function firstOfGroups(items: readonly PlannedItem[]): readonly PlannedItem[] {
  const seen = new Set<string>();
  return items.filter(({ shareKey }) => {
    if (shareKey === '' || seen.has(shareKey)) return false;
    seen.add(shareKey);
    return true;
  });
}

/** Items of one share key start when the first of them is done and has left the common work behind. */
async function executeAll(items: readonly PlannedItem[], input: RunSweepInput, attempts: Map<string, number>): Promise<void> {
  const { executor, signal } = input;
  const waiting = [...items].reverse();
  const held = new Map<string, PlannedItem[]>();
  const open = new Set<string>();
  const running = new Set<Promise<void>>();
  let fault: unknown;

  const next = (): PlannedItem | undefined => {
    for (let item = waiting.pop(); item !== undefined; item = waiting.pop()) {
      const { shareKey } = item;
      if (shareKey === '' || open.has(shareKey)) return item;
      const queue = held.get(shareKey);
      if (queue === undefined) {
        held.set(shareKey, []);
        return item;
      }
      queue.push(item);
    }
    return undefined;
  };
  const release = (shareKey: string): void => {
    if (open.has(shareKey)) return;
    open.add(shareKey);
    waiting.push(...(held.get(shareKey) ?? []).reverse());
  };
  const start = (item: PlannedItem): void => {
    const task = executeOne(item, input, attempts)
      .catch((error: unknown) => {
        if (signal?.aborted !== true) fault ??= error;
      })
      .finally(() => {
        running.delete(task);
        release(item.shareKey);
      });
    running.add(task);
  };

  for (;;) {
    while (running.size < executor.slots && fault === undefined && signal?.aborted !== true) {
      const item = next();
      if (item === undefined) break;
      start(item);
    }
    if (running.size === 0) break;
    await Promise.race(running);
  }
  if (fault !== undefined) throw fault;
}

async function executeOne(item: PlannedItem, input: RunSweepInput, attempts: Map<string, number>): Promise<void> {
  const { id, shareKey, job } = item;
  const { executor, store, progress, signal } = input;
  for (;;) {
    const sealed = await executor.execute({ id, shareKey, job }, signal);
    const { result } = sealed;
    const attempt = (attempts.get(id) ?? 0) + 1;
    attempts.set(id, attempt);
    if (result.failure?.kind === 'crashed' && attempt < attemptsPerRun && signal?.aborted !== true) continue;
    store.write(sealed);
    progress.result(item, result);
    return;
  }
}

import type { ItemResult } from './item-result.ts';
import type { WorkItem } from './work-item.ts';

/** Where items are computed. */
export interface Executor {
  /** Items computed at once. */
  readonly workers: number;
  /** Never rejects but for an abort: what befalls a worker is a failed result. */
  execute(item: WorkItem, signal?: AbortSignal): Promise<ItemResult>;
  close(): Promise<void>;
}

/** Computes here, one after the other: nothing is isolated, nothing can be cut short. */
export const localExecutor = (evaluate: (item: WorkItem) => ItemResult): Executor => ({
  workers: 1,
  execute: async (item) => evaluate(item),
  close: async () => {},
});

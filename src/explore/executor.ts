import { type ItemResult, type SealedResult, sealResult } from './item-result.ts';
import type { WorkItem } from './work-item.ts';

/** Where items are computed. */
export interface Executor {
  /** Items to be given at once: one each that is computed, and those that wait so that no worker has to. */
  readonly slots: number;
  /** Never rejects but for an abort: what befalls a worker is a failed result. */
  execute(item: WorkItem, signal?: AbortSignal): Promise<SealedResult>;
  close(): Promise<void>;
}

/** Computes here, one after the other: nothing is isolated, nothing can be cut short. */
export const localExecutor = (evaluate: (item: WorkItem) => ItemResult): Executor => ({
  slots: 1,
  execute: async (item) => sealResult(evaluate(item)),
  close: async () => {},
});

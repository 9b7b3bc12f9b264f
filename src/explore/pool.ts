import { Piscina } from 'piscina';
import type { Executor } from './executor.ts';
import { failedResult, openSealed, type SealedResult, sealResult } from './item-result.ts';
import type { WorkItem } from './work-item.ts';

export interface PoolOptions {
  /** URL of the module whose default export computes an item and gives the text of its sealed result. */
  readonly workerFile: string;
  readonly execArgv: readonly string[];
  /** Given to every worker once. */
  readonly workerData: unknown;
  readonly workers: number;
  /** Largest JavaScript heap of a worker, MiB; arrays and WebAssembly memory are not counted by the engine. */
  readonly memoryMb?: number;
  /** Longest time an item may take, s. */
  readonly seconds?: number;
}

/**
 * A pool of worker threads. A worker that dies, runs out of memory or takes too long costs its item only: the item becomes a failed
 * result and a new worker takes over. While a worker computes, the next item waits for it here, unless there is a limit on time:
 * waiting would count.
 */
export function createPool({ workerFile, execArgv, workerData, workers, memoryMb, seconds }: PoolOptions): Executor {
  const pool = new Piscina({
    filename: workerFile,
    execArgv: [...execArgv],
    workerData,
    minThreads: workers,
    maxThreads: workers,
    // Results are compared by their bytes, never by when they came: nothing is gained from shared wake-ups.
    atomics: 'disabled',
    ...(memoryMb === undefined ? {} : { resourceLimits: { maxOldGenerationSizeMb: memoryMb } }),
  });
  // A worker that dies between two items harms none; its task, if it had one, is rejected apart from this.
  pool.on('error', () => {});

  const execute = async (item: WorkItem, signal?: AbortSignal): Promise<SealedResult> => {
    const limit = seconds === undefined ? undefined : AbortSignal.timeout(1000 * seconds);
    const signals = [signal, limit].filter((each) => each !== undefined);
    try {
      return openSealed((await pool.run(item, signals.length === 0 ? {} : { signal: AbortSignal.any(signals) })) as string);
    } catch (error) {
      if (signal?.aborted === true) throw error;
      if (limit?.aborted === true) return sealResult(failedResult(item.id, 'timeout', `took longer than ${seconds} s`));
      const { code, message } = error as Error & { code?: string };
      return sealResult(
        code === 'ERR_WORKER_OUT_OF_MEMORY'
          ? failedResult(
              item.id,
              'memory',
              `needs more than the ${memoryMb ?? 'engine'}${memoryMb === undefined ? "'s limit of" : ' MiB of'} memory`,
            )
          : failedResult(item.id, 'crashed', `the worker died: ${message}`),
      );
    }
  };
  return { slots: seconds === undefined ? 2 * workers : workers, execute, close: () => pool.destroy() };
}

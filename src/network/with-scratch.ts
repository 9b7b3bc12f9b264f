import type { Kernels } from '../numeric/kernels.ts';

/** Runs `work` and frees all kernel memory it allocated, also when it throws. */
export function withScratch<T>(kernels: Kernels, work: () => T): T {
  const mark = kernels.mark();
  try {
    return work();
  } finally {
    kernels.release(mark);
  }
}

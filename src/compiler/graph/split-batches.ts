import type { LoweredGraph, Step } from './steps.ts';

/** Steps run for each image, then steps run once for a whole batch. */
export interface SplitSteps {
  readonly imageSteps: readonly Step[];
  readonly batchSteps: readonly Step[];
  /** Values that hold one sample after the other for a whole batch: made by image steps for batch steps, or by these. */
  readonly wide: ReadonlySet<string>;
}

/**
 * The end of a network that works on vectors takes all samples of a batch in one instruction a step: a step may when its operation grows
 * with samples, and when all that read its value do.
 */
export function splitBatches({ steps, output, input, held = new Set() }: LoweredGraph): SplitSteps {
  const writers = new Map<string, Step[]>();
  for (const step of steps) writers.set(step.writes, [...(writers.get(step.writes) ?? []), step]);
  const batchable = new Map<string, boolean>();
  // Readers come later: from the end backwards, every reader is settled before what it reads.
  const names = [...new Set(steps.map(({ writes }) => writes))].reverse();
  for (const name of names) {
    const grows = writers.get(name)!.every(({ growth }) => growth !== 'none');
    const readers = steps.filter(({ reads }) => reads.includes(name));
    batchable.set(name, grows && readers.every(({ writes }) => writes === name || batchable.get(writes) === true));
  }
  const isBatch = (step: Step): boolean => batchable.get(step.writes) === true;
  const batchSteps = steps.filter(isBatch);
  const wide = new Set([input, output, ...batchSteps.flatMap(({ reads, writes }) => [...reads, writes]), ...held]);
  return { imageSteps: steps.filter((step) => !isBatch(step)), batchSteps, wide };
}

import type { SplitSteps } from './split-batches.ts';

/** Positions of the first and the last step that needs a value; image steps come first, batch steps after them. */
export interface LiveRange {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/**
 * When each value must be there. What image steps hand to batch steps lives through all images of a batch; the input is not listed, as it
 * has buffers of its own.
 */
export function liveRanges({ imageSteps, batchSteps, wide }: SplitSteps, input: string, output: string): readonly LiveRange[] {
  const ranges = new Map<string, { from: number; to: number }>();
  const steps = [...imageSteps, ...batchSteps];
  steps.forEach(({ reads, writes }, at) => {
    for (const name of [...reads, writes]) {
      if (name === input) continue;
      const known = ranges.get(name);
      if (known === undefined) ranges.set(name, { from: at, to: at });
      else known.to = at;
    }
  });
  return [...ranges].map(([name, { from, to }]) => {
    const crossing = wide.has(name) && from < imageSteps.length;
    return {
      name,
      from: crossing ? 0 : from,
      to: name === output || crossing ? Math.max(to, imageSteps.length, steps.length) : to,
    };
  });
}

import type { StepSpan } from './plan-streams.ts';
import type { SplitSteps } from './split-batches.ts';
import type { LoweredGraph, Step } from './steps.ts';

/** Positions of the first and the last step, or turn of a stream, that needs a value; image steps come first, batch steps after them. */
export interface LiveRange {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/**
 * When each value must be there. What image steps hand to batch steps lives through all images of a batch; the input is not listed, as it
 * has buffers of its own.
 */
export function liveRanges(
  { imageSteps, batchSteps, wide }: SplitSteps,
  { spans, length }: { readonly spans: ReadonlyMap<Step, StepSpan>; readonly length: number },
  { input, output }: Pick<LoweredGraph, 'input' | 'output'>,
): readonly LiveRange[] {
  const ranges = new Map<string, { from: number; to: number }>();
  const batchSpan = (at: number): StepSpan => ({ from: length + at, to: length + at });
  const timed = [
    ...imageSteps.map((step) => ({ step, span: spans.get(step)! })),
    ...batchSteps.map((step, at) => ({ step, span: batchSpan(at) })),
  ];
  for (const { step, span } of timed)
    for (const name of [...step.reads, step.writes]) {
      if (name === input) continue;
      const known = ranges.get(name);
      if (known === undefined) ranges.set(name, { ...span });
      else {
        known.from = Math.min(known.from, span.from);
        known.to = Math.max(known.to, span.to);
      }
    }
  return [...ranges].map(([name, { from, to }]) => {
    const crossing = wide.has(name) && from < length;
    return {
      name,
      from: crossing ? 0 : from,
      to: name === output || crossing ? Math.max(to, length + batchSteps.length) : to,
    };
  });
}

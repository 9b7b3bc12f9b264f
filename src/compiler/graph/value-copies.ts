import { aligned } from '../schedule.ts';
import type { Pipeline } from './cut-stages.ts';
import type { LiveRange } from './live-ranges.ts';
import type { SplitSteps } from './split-batches.ts';

/** A value that several stages need: one copy for each image that is between its first and its last stage. */
export interface ValueCopies {
  readonly count: number;
  /** Bytes from one copy to the next. */
  readonly pitch: number;
}

/** A live range, and the one stage inside which its value stays; undefined for values that stages hand on, or outside image steps. */
export interface StageRange extends LiveRange {
  readonly stage?: number;
}

/** First and last stage that touches each value of the image steps. */
function stagesOf({ imageSteps }: SplitSteps, { stageOf }: Pipeline): ReadonlyMap<string, { from: number; to: number }> {
  const spans = new Map<string, { from: number; to: number }>();
  for (const step of imageSteps) {
    const stage = stageOf.get(step)!;
    for (const name of [...step.reads, step.writes]) {
      const known = spans.get(name);
      if (known === undefined) spans.set(name, { from: stage, to: stage });
      else known.to = stage;
    }
  }
  return spans;
}

/** How many copies each value needs in a pipeline; those of one copy, and those that hold a whole batch anyway, are left out. */
export function copiesOf(
  split: SplitSteps,
  pipeline: Pipeline,
  bytesOf: (name: string) => number,
): ReadonlyMap<string, ValueCopies> {
  const several = [...stagesOf(split, pipeline)].filter(([name, { from, to }]) => to > from && !split.wide.has(name));
  return new Map(several.map(([name, { from, to }]) => [name, { count: to - from + 1, pitch: aligned(bytesOf(name)) }]));
}

/** In a pipeline all stages work at once: what stages hand on lives throughout, what stays inside one meets all of the others. */
export function pipelinedRanges(ranges: readonly LiveRange[], split: SplitSteps, pipeline: Pipeline): readonly StageRange[] {
  if (pipeline.stages === 1) return ranges;
  const spans = stagesOf(split, pipeline);
  const last = split.imageSteps.length - 1;
  return ranges.map((range) => {
    const span = spans.get(range.name);
    if (span === undefined) return range;
    if (span.from === span.to && !split.wide.has(range.name)) return { ...range, stage: span.from };
    return { ...range, from: 0, to: Math.max(range.to, last) };
  });
}

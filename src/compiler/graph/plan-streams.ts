import type { MapHeights, RowStep } from './row-steps.ts';
import { mapHeights, rowStepOf } from './row-steps.ts';
import type { LoweredGraph, Step } from './steps.ts';

/** A step of a stream: `rows` rows in turn `delay`, the next ones `period` turns later. */
export interface StreamStep extends RowStep {
  readonly rows: number;
  readonly period: number;
  readonly delay: number;
  /** Turns with all `rows` rows; then one with the `tail` rows that are left, if any. */
  readonly chunks: number;
  readonly tail: number;
}

/** Steps that pass rows of one image on from one to the next, turn by turn. */
export interface Stream {
  readonly kind: 'stream';
  /** In the order in which a turn issues them. */
  readonly steps: readonly StreamStep[];
  readonly turns: number;
  readonly heights: MapHeights;
}

/** What runs for one image, in order. */
export type ImagePart = Stream | { readonly kind: 'step'; readonly step: Step };

export interface StreamChoice {
  /** Rows of a stream's tallest map that a turn takes; 0: every step works on whole maps. */
  readonly len: number;
  /** Steps of one stream, at most. */
  readonly longest: number;
  /** Time of a step on whole maps, any unit. */
  readonly costOf: (step: Step) => number;
}

export const wholeMaps: StreamChoice = { len: 0, longest: 0, costOf: () => 1 };

/** Parts of a turn in which starts are counted: whole numbers keep the order exact. */
const turnLength = 2 ** 20;
const longestPeriod = 32;

/** Runs of steps that go row by row, none of which writes what an earlier one has read. */
function runsOf(
  steps: readonly Step[],
  rowsOf: (step: Step) => RowStep | undefined,
  longest: number,
): readonly (readonly Step[])[] {
  const runs: Step[][] = [];
  let read = new Set<string>();
  for (const step of steps) {
    const last = runs.at(-1);
    const before = last?.[0];
    const goesOn =
      before !== undefined &&
      rowsOf(step) !== undefined &&
      rowsOf(before) !== undefined &&
      last!.length < longest &&
      before.round === step.round &&
      !read.has(step.writes);
    if (goesOn) last!.push(step);
    else {
      runs.push([step]);
      read = new Set();
    }
    for (const name of step.reads) read.add(name);
  }
  return runs;
}

type Paced = RowStep & Pick<StreamStep, 'rows' | 'period' | 'chunks' | 'tail'>;

/** As many rows a turn as keep up with the tallest map: whole rows, or one every few turns. */
function paced(step: RowStep, len: number, tallest: number): Paced {
  const { height, walksInput } = step;
  const rate = (height * len) / tallest;
  const period = rate >= 1 || walksInput ? 1 : Math.min(longestPeriod, 2 ** Math.floor(Math.log2(1 / rate)));
  const rows = Math.min(height, Math.max(1, Math.ceil(rate * period - 1e-9)));
  return { ...step, rows, period, chunks: Math.floor(height / rows), tail: height % rows };
}

/** Turns in which a step works. */
const turnsOf = ({ chunks, tail }: Pick<Paced, 'chunks' | 'tail'>): number => chunks + (tail > 0 ? 1 : 0);

/** What vector units do; tiles have theirs to themselves. */
const sharesUnit = ({ operation }: Step): boolean => operation.kind !== 'matrix';

/**
 * Modulo scheduling: the busiest unit sets the length of a turn; a step begins as early as the rows that its first, second … turn needs
 * are there, and goes on at the pace of the others. The order inside a turn is that of the starts.
 */
function streamOf(steps: readonly RowStep[], { len, costOf }: StreamChoice, heights: MapHeights): Stream {
  const tallest = Math.max(...steps.map(({ height }) => height));
  const own = steps.map((step) => paced(step, len, tallest));
  const costs = own.map(({ step, rows, height }) => Math.max(costOf(step), 1e-15) * (rows / height));
  const shared = own.reduce((sum, { step, period }, at) => (sharesUnit(step) ? sum + costs[at]! / period : sum), 0);
  const turn = Math.max(shared, ...own.map(({ period }, at) => costs[at]! / period));
  const started: { readonly step: Paced; readonly start: number; readonly length: number }[] = [];
  own.forEach((step, at) => {
    const makers = (name: string) => started.filter((other) => other.step.step.writes === name);
    let start = 0;
    for (let chunk = 0; chunk < turnsOf(step); chunk++) {
      const row = Math.min(step.height, (chunk + 1) * step.rows) - 1;
      const since = chunk * step.period * turnLength;
      const waitFor = (name: string, last: number): void => {
        if (last < 0) return;
        for (const { step: maker, start: begun, length } of makers(name)) {
          const done = begun + Math.floor(last / maker.rows) * maker.period * turnLength + length;
          start = Math.max(start, done - since);
        }
      };
      for (const name of step.step.reads) waitFor(name, step.lastNeeded(row));
      waitFor(step.step.writes, row);
    }
    started.push({ step, start, length: Math.max(1, Math.round((costs[at]! / turn) * turnLength)) });
  });
  const placed = started.map(({ step, start }, at) => ({
    step,
    at,
    delay: Math.floor(start / turnLength),
    offset: start % turnLength,
  }));
  placed.sort((a, b) => a.offset - b.offset || a.at - b.at);
  const made = placed.map(({ step, delay }): StreamStep => ({ ...step, delay }));
  const turns = Math.max(...made.map((step) => step.delay + step.period * (turnsOf(step) - 1) + 1));
  return { kind: 'stream', steps: made, turns, heights };
}

/** Which steps of an image run as streams of rows, and which one by one; `len` 0: all of those. */
export function planStreams(lowered: LoweredGraph, imageSteps: readonly Step[], choice: StreamChoice): readonly ImagePart[] {
  const single = (step: Step): ImagePart => ({ kind: 'step', step });
  if (choice.len === 0 || choice.longest < 2) return imageSteps.map(single);
  const heights = mapHeights(lowered);
  const known = new Map(imageSteps.map((step) => [step, rowStepOf(step, heights, lowered)]));
  return runsOf(imageSteps, (step) => known.get(step), choice.longest).flatMap((run): readonly ImagePart[] => {
    const rows = run.map((step) => known.get(step)!);
    if (run.length < 2 || rows.every(({ height }) => height <= choice.len)) return run.map(single);
    return [streamOf(rows, choice, heights)];
  });
}

/** When each step runs: turns and steps counted through the parts of an image. */
export interface StepSpan {
  readonly from: number;
  readonly to: number;
}

export function spansOf(parts: readonly ImagePart[]): { readonly spans: ReadonlyMap<Step, StepSpan>; readonly length: number } {
  const spans = new Map<Step, StepSpan>();
  let at = 0;
  for (const part of parts)
    if (part.kind === 'step') {
      spans.set(part.step, { from: at, to: at });
      at += 1;
    } else {
      for (const step of part.steps)
        spans.set(step.step, { from: at + step.delay, to: at + step.delay + step.period * (turnsOf(step) - 1) });
      at += part.turns;
    }
  return { spans, length: at };
}

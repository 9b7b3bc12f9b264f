import type { Step } from './steps.ts';

/** Stages that consecutive images run through at once: image i is in stage s while image i + 1 is in stage s - 1. */
export interface Pipeline {
  readonly stages: number;
  /** Stage of each image step, ascending along the steps. */
  readonly stageOf: ReadonlyMap<Step, number>;
}

/** Every step in one stage: an image leaves before the next one starts. */
export const unpipelined = (steps: readonly Step[]): Pipeline => ({
  stages: 1,
  stageOf: new Map(steps.map((step) => [step, 0])),
});

/** Fewest stages of consecutive steps that cost at most `most` each. */
function stagesWithin(costs: readonly number[], most: number): number {
  let stages = 1;
  let sum = 0;
  for (const cost of costs) {
    if (sum > 0 && sum + cost > most) {
      stages += 1;
      sum = 0;
    }
    sum += cost;
  }
  return stages;
}

/** Least cost of the dearest of `stages` stages, by halving: exact to a part in 2^40. */
function leastCeiling(costs: readonly number[], stages: number): number {
  let low = Math.max(...costs);
  let high = costs.reduce((sum, cost) => sum + cost, 0);
  for (let turn = 0; turn < 40 && low < high; turn++) {
    const middle = (low + high) / 2;
    if (stagesWithin(costs, middle) <= stages) high = middle;
    else low = middle;
  }
  return high;
}

/**
 * Cuts the steps of an image into stages of consecutive steps whose dearest is as cheap as can be. At most `stages`; fewer where more
 * would not make it cheaper. Costs are times, in any unit, > 0.
 */
export function cutStages(steps: readonly Step[], stages: number, costOf: (step: Step) => number): Pipeline {
  if (!(stages >= 1)) throw new RangeError(`stages are ${stages}; want at least 1`);
  if (stages === 1 || steps.length < 2) return unpipelined(steps);
  if (stages >= steps.length) return { stages: steps.length, stageOf: new Map(steps.map((step, at) => [step, at])) };
  const costs = steps.map((step) => Math.max(costOf(step), Number.MIN_VALUE));
  const most = leastCeiling(costs, stages);
  const stageOf = new Map<Step, number>();
  let stage = 0;
  let sum = 0;
  steps.forEach((step, at) => {
    const cost = costs[at]!;
    if (sum > 0 && sum + cost > most) {
      stage += 1;
      sum = 0;
    }
    sum += cost;
    stageOf.set(step, stage);
  });
  return { stages: stage + 1, stageOf };
}

/**
 * The steps of one round of the pipeline in the order the controller issues them: the first step of every stage, oldest image first,
 * then the second ones, and so on, so that what waits for a step of its own stage holds back the other stages as little as possible.
 */
export function roundOrder({ stageOf, stages }: Pipeline): readonly Step[] {
  const chains: Step[][] = Array.from({ length: stages }, () => []);
  for (const [step, stage] of stageOf) chains[stage]!.push(step);
  const longest = Math.max(...chains.map(({ length }) => length));
  const oldestFirst = chains.reverse();
  return Array.from({ length: longest }, (_, at) => oldestFirst.flatMap((chain) => chain.slice(at, at + 1))).flat();
}

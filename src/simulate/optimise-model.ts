import type { GraphAnalysis, GraphCompileInput, GraphMapping } from '../compiler/graph/compile-graph.ts';
import { defaultChoice, type MappingChoice } from '../compiler/graph/mapping-choice.ts';
import { InputError } from '../config/issue.ts';
import { isStreamed, measureSteps, type Trial, tryMapping } from './try-mapping.ts';

export const goals = ['latency', 'throughput', 'energy', 'area'] as const;
export type Goal = (typeof goals)[number];

export interface Optimised {
  readonly mapping: GraphMapping;
  readonly chosen: Trial;
  /** The default mapping first. */
  readonly trials: readonly Trial[];
}

/** Shares of the free tiles that are tried for one image after the other, and for pipelines; 0 is the default mapping. */
const shares = [0, 0.1, 0.25, 0.5, 0.75, 1] as const;
const pipelineShares = [0, 0.25, 0.5, 1] as const;
const streamShares = [0, 0.5, 1] as const;

/** Stages that are tried, up to one a step. */
const stageCounts = [2, 4, 8, 16, 32, 64] as const;

/** Rows a turn that are tried, up to a map that is taller. */
const rowCounts = [1, 2, 4, 8, 16, 32, 64] as const;

/** What a goal makes small; fewer tiles where two are equal. */
const measures: Readonly<Record<Goal, (trial: Trial) => number>> = {
  latency: ({ latencySeconds }) => latencySeconds,
  throughput: ({ secondsPerSample }) => secondsPerSample,
  energy: ({ joulesPerSample }) => joulesPerSample,
  area: ({ tiles }) => tiles,
};

/** Mappings whose groups are placed by traffic as well. */
const placedAgain = 3;

type Found = ReturnType<typeof tryMapping>;

/**
 * Tries copies of matrices, pipelines of consecutive images and placements on the timing machine and takes the best for the goal. The
 * default mapping is among them and wins ties, so the result is never worse.
 */
export function optimiseModel(
  analysis: GraphAnalysis,
  input: GraphCompileInput,
  goal: Goal,
  tried: (trial: Trial) => void = () => {},
): Optimised {
  const results: Found[] = [];
  const measure = measures[goal];
  /** Undefined where the mapping does not fit: copies of values need scratchpad. */
  const attempt = (choice: Partial<MappingChoice>): Found | undefined => {
    try {
      const result = tryMapping(analysis, input, choice);
      results.push(result);
      tried(result.trial);
      return result;
    } catch (error) {
      // The default mapping fits: analysis has scheduled it.
      if (!(error instanceof InputError)) throw error;
      return undefined;
    }
  };
  for (const share of shares) attempt({ share });
  // Neither the time of one image alone nor the tiles get better in a pipeline.
  if (goal === 'throughput' || goal === 'energy')
    for (const share of pipelineShares) tryPipelines(analysis, input, share, attempt);
  if (goal !== 'area') for (const share of streamShares) tryStreams(analysis, input, share, attempt);
  for (const { trial } of leading(results, measure)) {
    const { stages, share, copiesFor, len } = trial;
    const costs =
      stages > 1 || len > 0 ? { costOf: measureSteps(analysis, input, { share, copiesFor, stages: len > 0 ? 1 : 2 }) } : {};
    attempt({ stages, len, share, copiesFor, placement: 'by traffic', ...costs });
  }
  const { mapping, trial } = results.reduce((least, next) => (measure(next.trial) < measure(least.trial) ? next : least));
  return { mapping, chosen: trial, trials: results.map((result) => result.trial) };
}

/** The best mappings so far, whose groups are then placed in another way. */
const leading = (results: readonly Found[], measure: (trial: Trial) => number): readonly Found[] =>
  [...results].sort((a, b) => measure(a.trial) - measure(b.trial)).slice(0, placedAgain);

/** More and more rows a turn, from one on, as long as an image alone gets faster. */
function tryStreams(
  analysis: GraphAnalysis,
  input: GraphCompileInput,
  share: number,
  attempt: (choice: Partial<MappingChoice>) => Found | undefined,
): void {
  // Layers that work at the same time wait for the slowest of them.
  const choice = { share, copiesFor: 'slowest' } as const;
  const costOf = measureSteps(analysis, input, choice);
  let least = Number.POSITIVE_INFINITY;
  for (const len of rowCounts) {
    const found = attempt({ ...choice, len, costOf });
    if (found === undefined || !isStreamed(found.mapping) || found.trial.latencySeconds > least) return;
    least = found.trial.latencySeconds;
  }
}

/** More and more stages, as long as they shorten the time per image. */
function tryPipelines(
  analysis: GraphAnalysis,
  input: GraphCompileInput,
  share: number,
  attempt: (choice: Partial<MappingChoice>) => Found | undefined,
): void {
  const choice = { share, copiesFor: 'slowest' } as const;
  // Two stages split biases off as any number does; stages do not change how long a step takes alone.
  const costOf = measureSteps(analysis, input, { ...choice, stages: 2 });
  let last: Trial | undefined;
  for (const stages of stageCounts) {
    const found = attempt({ ...defaultChoice, ...choice, stages, costOf });
    if (found === undefined) return;
    const isSlower = last !== undefined && found.trial.secondsPerSample > last.secondsPerSample;
    // Fewer stages than asked for: more would not make the dearest cheaper.
    if (isSlower || found.trial.stages < stages) return;
    last = found.trial;
  }
}

import { chipDevice } from '../chip/chip-device.ts';
import { costTableOf } from '../chip/cost-table-of.ts';
import { timingParameters } from '../chip/timing-parameters.ts';
import {
  compileGraph,
  type GraphAnalysis,
  type GraphCompileInput,
  type GraphMapping,
  mapGraph,
} from '../compiler/graph/compile-graph.ts';
import type { TimingOutcome } from '../timing/outcome.ts';
import type { GroupStatistics } from './manifest.ts';
import { runInstance } from './run-instance.ts';

export const goals = ['latency', 'throughput', 'energy', 'area'] as const;
export type Goal = (typeof goals)[number];

/** One mapping tried: the share of free tiles given to copies, and what the timing machine says of it. */
export interface Trial {
  readonly share: number;
  readonly tiles: number;
  /** One image alone, s; images of the test set, s and J each; programming excluded. */
  readonly latencySeconds: number;
  readonly secondsPerSample: number;
  readonly joulesPerSample: number;
}

export interface Optimised {
  readonly mapping: GraphMapping;
  readonly chosen: Trial;
  /** The default mapping first. */
  readonly trials: readonly Trial[];
}

/** Shares of the free tiles that are tried; 0 is the default mapping. */
const shares = [0, 0.1, 0.25, 0.5, 0.75, 1] as const;

/** Images that stand for a test set: enough for the next batch to load while one runs. */
const trialSamples = 8;

export const tilesOf = ({ matrices }: Pick<GraphMapping, 'matrices'>): number =>
  matrices.reduce((sum, { tiles, replicas = 1 }) => sum + tiles * replicas, 0);

export const declaredOf = ({ matrices, scalings }: Pick<GraphMapping, 'matrices' | 'scalings'>): readonly GroupStatistics[] =>
  matrices.map(({ group }, index) => {
    const { inputActivity, weightMean } = scalings[index]!;
    return { group, inputActivity, weightMean };
  });

const phaseOf = (timing: TimingOutcome, index: number): number => Number(timing.phasePs.get(index) ?? 0n) * 1e-12;

/** What the timing machine says of a mapping, at declared activity. */
export function tryMapping(
  analysis: GraphAnalysis,
  input: GraphCompileInput,
  share: number,
): { readonly mapping: GraphMapping; readonly trial: Trial } {
  const samples = Math.min(trialSamples, input.samples);
  const small: GraphCompileInput = { ...input, samples, ages: input.ages.slice(0, 1) };
  const trialMapping = mapGraph(analysis, small, share);
  const program = compileGraph(small, trialMapping, undefined);
  const { chip } = input;
  const device = chipDevice(chip);
  const costs = costTableOf(chip);
  const { timing } = runInstance({
    ...{ program, chip, device, costs, fidelity: 'timing', seed: 1, chipSeed: 1 },
    parameters: timingParameters(chip, device),
    declared: declaredOf(trialMapping),
  });
  const phase = (name: string): number => program.regions.findIndex(({ kind, name: own }) => kind === 'phase' && own === name);
  const evaluate = phase('evaluate');
  const seconds = phaseOf(timing!, evaluate);
  const dynamic = timing!.dynamic.reduce((sum, entry) => (entry.phase === evaluate ? sum + entry.joules : sum), 0);
  const trial: Trial = {
    ...{ share, tiles: tilesOf(trialMapping), latencySeconds: phaseOf(timing!, phase('forward')) },
    secondsPerSample: seconds / samples,
    joulesPerSample: (dynamic + costs.totalLeakage * seconds) / samples,
  };
  return { mapping: mapGraph(analysis, input, share), trial };
}

/** What a goal makes small; fewer tiles where two are equal. */
const measures: Readonly<Record<Goal, (trial: Trial) => number>> = {
  latency: ({ latencySeconds }) => latencySeconds,
  throughput: ({ secondsPerSample }) => secondsPerSample,
  energy: ({ joulesPerSample }) => joulesPerSample,
  area: ({ tiles }) => tiles,
};

/**
 * Tries mappings with more and more copies of the matrices on the timing machine and takes the best for the goal. The default mapping
 * is among them and wins ties, so the result is never worse.
 */
export function optimiseModel(
  analysis: GraphAnalysis,
  input: GraphCompileInput,
  goal: Goal,
  tried: (trial: Trial) => void = () => {},
): Optimised {
  const results = shares.map((share) => {
    const result = tryMapping(analysis, input, share);
    tried(result.trial);
    return result;
  });
  const best = results.reduce((least, next) => (measures[goal](next.trial) < measures[goal](least.trial) ? next : least));
  return { mapping: best.mapping, chosen: best.trial, trials: results.map(({ trial }) => trial) };
}

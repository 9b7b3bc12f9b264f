import type { GraphAnalysis, GraphCompileInput } from '../compiler/graph/compile-graph.ts';
import { type ChipMapping, type ChipsChoice, defaultChipsChoice } from '../compiler/graph/split-chips.ts';
import { InputError } from '../config/issue.ts';
import type { Goal } from './optimise-model.ts';
import { type ChipsTrial, measureChipSteps, type TriedChips, tryChips } from './try-chips.ts';

export interface OptimisedChips {
  readonly parts: readonly ChipMapping[];
  readonly chosen: ChipsTrial;
  /** The default first. */
  readonly trials: readonly ChipsTrial[];
}

/** Shares of each chip's free tiles that are tried for copies of matrices; 0 with a cut by tiles is the default. */
const shares = [0, 0.25, 1] as const;

/** Mappings whose groups are placed by traffic as well. */
const placedAgain = 2;

const measures: Readonly<Record<Goal, (trial: ChipsTrial) => number>> = {
  latency: ({ latencySeconds }) => latencySeconds,
  throughput: ({ secondsPerSample }) => secondsPerSample,
  energy: ({ joulesPerSample }) => joulesPerSample,
  area: ({ tiles }) => tiles,
};

/**
 * Tries cuts by tiles and by time, copies of matrices on what each chip leaves free, and placements, on the timing machine. The default is
 * among them and wins ties, so the result is never worse. Throws InputError where the network cannot be cut at all.
 */
export function optimiseChips(
  analysis: GraphAnalysis,
  input: GraphCompileInput,
  count: number,
  goal: Goal,
  tried: (trial: ChipsTrial) => void = () => {},
): OptimisedChips {
  const measure = measures[goal];
  const first = tryChips(analysis, input, count, defaultChipsChoice);
  tried(first.trial);
  const results: TriedChips[] = [first];
  const attempt = (choice: Partial<ChipsChoice>): void => {
    try {
      const found = tryChips(analysis, input, count, choice);
      results.push(found);
      tried(found.trial);
    } catch (error) {
      // A cut by time may need more tiles than a chip has, or leave a chip without work.
      if (!(error instanceof InputError)) throw error;
    }
  };
  const copiesFor = goal === 'latency' ? 'sum' : 'slowest';
  // No cut takes fewer tiles in all.
  const wanted = goal === 'area' ? [] : shares;
  for (const share of wanted) {
    if (share > 0) attempt({ share, copiesFor });
    attempt({ cut: 'by time', share, copiesFor, costOf: measureChipSteps(analysis, input, count, { share, copiesFor }) });
  }
  const leading = [...results]
    .sort((a, b) => measure(a.trial) - measure(b.trial))
    .slice(0, wanted.length === 0 ? 0 : placedAgain);
  for (const { trial } of leading) {
    const { cut, share } = trial;
    const costs = cut === 'by time' ? { costOf: measureChipSteps(analysis, input, count, { share, copiesFor }) } : {};
    attempt({ cut, share, copiesFor, placement: 'by traffic', ...costs });
  }
  const { parts, trial } = results.reduce((least, next) => (measure(next.trial) < measure(least.trial) ? next : least));
  return { parts, chosen: trial, trials: results.map((result) => result.trial) };
}

import type { WordRecord } from '../timing/trace.ts';
import type { CompiledModel, CompiledPart } from './compile-model.ts';
import { describeMapping, type ExplainedMapping, lonePhase } from './explain-mapping.ts';
import { timeParts } from './try-chips.ts';

/** What a network on several chips became. */
export interface ExplainedChips {
  /** In the order of the controllers; the latency of each includes waiting for the others. */
  readonly chips: readonly ExplainedMapping[];
  /** Of one image alone through all chips. */
  readonly latencySeconds: number;
  /** What one chip sends another in the whole run. */
  readonly links: readonly { readonly from: number; readonly to: number; readonly messages: number; readonly bytes: number }[];
}

/** Runs the programs of all chips on the timing machine and says what each layer became on its chip. */
export function explainChips({ chip }: Pick<CompiledModel, 'chip'>, parts: readonly CompiledPart[]): ExplainedChips {
  const records: WordRecord[][] = parts.map(() => []);
  const { timings, links } = timeParts(
    parts.map(({ program }) => program),
    parts.map(({ mapping }) => mapping),
    { chip },
    (own) => {
      const lone = lonePhase(parts[own]!.program);
      return (record) => void (record.phase === lone && records[own]!.push(record));
    },
  );
  const chips = parts.map((part, own) => describeMapping({ ...part, chip, records: records[own]!, timing: timings[own]! }));
  return {
    chips,
    latencySeconds: Math.max(...chips.map(({ latencySeconds }) => latencySeconds)),
    links: links.map(({ from, to, messages, bytes }) => ({ from, to, messages, bytes })),
  };
}

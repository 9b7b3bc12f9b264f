import type { ArrayRead } from './array-read.ts';
import type { MachineContext } from './context.ts';
import { readLines } from './read-weights.ts';
import type { DriftScale } from './state.ts';

/** Sizes nearer to zero than this are taken for it (aihwkit GlobalDriftCompensation), full-scale weights. */
const least = 1e-4;

/**
 * Reads `lines` lines one-hot and compares the mean |output| of the array, or of each column, with what the first such reading after
 * programming found: the factors that bring outputs back (aihwkit GlobalDriftCompensation). The first reading gives factors of 1.
 */
export function measureDrift(
  context: MachineContext,
  { state, view, csrs, sequence }: ArrayRead,
  lines: number,
  perColumn: boolean,
): DriftScale & { readonly tally: ReturnType<typeof readLines>['tally'] } {
  const { outputs } = view;
  const asked = Array.from({ length: Math.min(lines, view.inputs) }, (_, line) => line);
  const { vectors, tally } = readLines(context, {
    state,
    view,
    csrs: { ...csrs, weightMax: 1 },
    sequence,
    lines: asked,
    reads: 1,
    direct: false,
  });
  const read = context.kernels.f32(vectors, asked.length * outputs);
  const now = new Float32Array(outputs);
  for (let i = 0; i < read.length; i++) now[i % outputs]! += Math.abs(read[i]!) / asked.length;
  if (!perColumn) now.fill(now.reduce((sum, size) => sum + size, 0) / outputs);
  const base = state.drift?.base ?? now;
  const factors = now.map((size, column) => Math.max(base[column]!, least) / Math.max(size, least));
  return { base, factors, tally };
}

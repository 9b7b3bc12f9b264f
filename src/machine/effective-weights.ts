import type { Kernels } from '../numeric/kernels.ts';
import type { GroupState } from './state.ts';

/**
 * Writes the normalised weights that slice `slice` of a group shows: row-major f32 rows x columns, full scale 1.
 * Pairs: (g+ - g-) / (max - min). Single devices: (g - g_reference) / half the window, where the reference is the cell of the
 * tile's reference column; in the offset mapping nothing is subtracted here, the common mode is taken off digitally.
 */
export function effectiveWeights(kernels: Kernels, state: GroupState, slice: number, out: number): void {
  const { rows, columns, columnSpans } = state.layout;
  const count = rows * columns;
  const { scaleS, signs } = state.map;
  const devices = state.cells.filter((array) => array.slice === slice).map((array) => kernels.f32(array.nowS, count));
  const weights = kernels.f32(out, count);
  const first = devices[0]!;
  if (signs.length === 2) {
    const second = devices[1]!;
    for (let i = 0; i < count; i++) weights[i] = (first[i]! - second[i]!) / scaleS;
    return;
  }
  for (let i = 0; i < count; i++) weights[i] = first[i]! / scaleS;
  if (state.reference === undefined) return;
  const reference = kernels.f32(state.reference.nowS, rows * columnSpans.length);
  for (const [c, span] of columnSpans.entries()) {
    for (let r = 0; r < rows; r++) {
      const referenceS = reference[r * columnSpans.length + c]!;
      const from = r * columns + span.start;
      for (let i = from; i < from + span.length; i++) weights[i] = (first[i]! - referenceS) / scaleS;
    }
  }
}

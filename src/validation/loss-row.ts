import { moments } from '../numeric/moments.ts';
import { judge, type ValidationRow } from './row.ts';
import type { SampledAccuracy } from './training-accuracy.ts';

/** Accuracy lost against the float network trained alike, paired by seed. */
export function lossRow(
  { each }: SampledAccuracy,
  row: Pick<ValidationRow, 'id' | 'name' | 'tolerance' | 'class' | 'source'> & { readonly informative?: boolean },
): ValidationRow {
  const { mean, deviation } = moments(each.map(({ float, chip }) => float - chip));
  return judge({
    ...row,
    ...{ published: 0, value: mean, unit: 'points', toleranceKind: 'at most', samples: each.length },
    // one run has no spread: nothing is claimed of its error
    ...(each.length > 1 ? { standardError: deviation / Math.sqrt(each.length) } : {}),
  });
}

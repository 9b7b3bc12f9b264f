/** A stretch of time, ps from the start. */
export interface Span {
  readonly fromPs: number;
  readonly toPs: number;
}

/** The same time without overlaps, in order. */
export function mergeSpans(spans: readonly Span[]): readonly Span[] {
  const merged: { fromPs: number; toPs: number }[] = [];
  for (const { fromPs, toPs } of [...spans].sort((a, b) => a.fromPs - b.fromPs)) {
    const last = merged.at(-1);
    if (last !== undefined && fromPs <= last.toPs) last.toPs = Math.max(last.toPs, toPs);
    else if (toPs > fromPs) merged.push({ fromPs, toPs });
  }
  return merged;
}

/** Length of the time the spans cover. */
export const coveredPs = (spans: readonly Span[]): number =>
  mergeSpans(spans).reduce((sum, { fromPs, toPs }) => sum + toPs - fromPs, 0);

import type { Costs } from './dominance.ts';

/**
 * The design of a front where giving up a little of one objective no longer buys much of another: the one closest to the ideal
 * point, each objective scaled to the spread of the front. Undefined for an empty front; the first of equals wins.
 */
export function kneeOf(front: readonly Costs[]): number | undefined {
  const objectives = front[0]?.length ?? 0;
  const least = Array.from({ length: objectives }, (_, at) => Math.min(...front.map((cost) => cost[at]!)));
  const most = Array.from({ length: objectives }, (_, at) => Math.max(...front.map((cost) => cost[at]!)));
  let best: number | undefined;
  let nearest = Number.POSITIVE_INFINITY;
  front.forEach((cost, index) => {
    const distance = cost.reduce((sum, value, at) => {
      const spread = most[at]! - least[at]!;
      return spread > 0 ? sum + ((value - least[at]!) / spread) ** 2 : sum;
    }, 0);
    if (distance < nearest) [nearest, best] = [distance, index];
  });
  return best;
}

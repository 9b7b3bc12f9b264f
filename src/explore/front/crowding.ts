import type { Costs } from './dominance.ts';

/**
 * Crowding distance of each design among those of its rank: the side lengths of the box its neighbours span, relative to the spread;
 * Infinity at the ends (Deb, Pratap, Agarwal, Meyarivan, "NSGA-II", IEEE TEVC 6, 2002).
 */
export function crowdingDistances(costs: readonly Costs[], ranks: readonly number[]): readonly number[] {
  const distances = new Array<number>(costs.length).fill(0);
  const byRank = new Map<number, number[]>();
  ranks.forEach((rank, index) => {
    const members = byRank.get(rank);
    if (members === undefined) byRank.set(rank, [index]);
    else members.push(index);
  });
  const objectives = costs[0]?.length ?? 0;
  for (const members of byRank.values()) {
    for (let objective = 0; objective < objectives; objective++) addAlong(objective, members, costs, distances);
  }
  return distances;
}

function addAlong(objective: number, members: readonly number[], costs: readonly Costs[], distances: number[]): void {
  const order = [...members].sort((a, b) => costs[a]![objective]! - costs[b]![objective]! || a - b);
  const [first, last] = [order[0]!, order.at(-1)!];
  distances[first] = Number.POSITIVE_INFINITY;
  distances[last] = Number.POSITIVE_INFINITY;
  const spread = costs[last]![objective]! - costs[first]![objective]!;
  if (!(spread > 0)) return;
  for (let at = 1; at < order.length - 1; at++) {
    distances[order[at]!]! += (costs[order[at + 1]!]![objective]! - costs[order[at - 1]!]![objective]!) / spread;
  }
}

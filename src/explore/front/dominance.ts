/** Figures of a design, every one to be made small. */
export type Costs = readonly number[];

/** `left` is nowhere worse and somewhere better. */
export function dominates(left: Costs, right: Costs): boolean {
  let better = false;
  for (let index = 0; index < left.length; index++) {
    if (left[index]! > right[index]!) return false;
    if (left[index]! < right[index]!) better = true;
  }
  return better;
}

/** Indices in ascending order of the costs, first objective first; equal costs keep their order. */
function lexicographic(costs: readonly Costs[]): readonly number[] {
  const order = costs.map((_, index) => index);
  return order.sort((a, b) => {
    const [left, right] = [costs[a]!, costs[b]!];
    for (let index = 0; index < left.length; index++) {
      if (left[index] !== right[index]) return left[index]! - right[index]!;
    }
    return a - b;
  });
}

/**
 * Rank of every design: 0 on the Pareto front, 1 on the front without those, and so on. Equal costs have equal rank.
 * In lexicographic order a design is dominated only by earlier ones, so each is compared with the fronts found so far
 * (Zhang, Tian, Cheng, Jin, "An efficient approach to nondominated sorting", IEEE TEVC 19, 2015, with binary search).
 */
export function paretoRanks(costs: readonly Costs[]): readonly number[] {
  const ranks = new Array<number>(costs.length).fill(0);
  const fronts: Costs[][] = [];
  for (const index of lexicographic(costs)) {
    const own = costs[index]!;
    let low = 0;
    let high = fronts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isBeaten(own, fronts[middle]!)) low = middle + 1;
      else high = middle;
    }
    ranks[index] = low;
    (fronts[low] ??= []).push(own);
  }
  return ranks;
}

/** Latest first: neighbours in the order are the likeliest to dominate. */
function isBeaten(own: Costs, front: readonly Costs[]): boolean {
  for (let at = front.length - 1; at >= 0; at--) if (dominates(front[at]!, own)) return true;
  return false;
}

/** Indices of the designs nobody dominates, ascending. */
export function paretoFront(costs: readonly Costs[]): readonly number[] {
  const front: number[] = [];
  for (const index of lexicographic(costs)) {
    const own = costs[index]!;
    if (!front.some((other) => dominates(costs[other]!, own))) front.push(index);
  }
  return front.sort((a, b) => a - b);
}

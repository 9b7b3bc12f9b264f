import { type Costs, paretoFront } from './dominance.ts';

/**
 * Volume that the designs dominate up to the reference point, every objective made small; exact, by slicing along the last objective
 * (HSO: While, Hingston, Barone, Huband, IEEE TEVC 10, 2006). Designs beyond the reference add nothing.
 */
export function hypervolume(costs: readonly Costs[], reference: Costs): number {
  const inside = costs.filter((cost) => cost.every((value, index) => value < reference[index]!));
  return volume(
    paretoFront(inside).map((index) => inside[index]!),
    reference,
    reference.length,
  );
}

function volume(costs: readonly Costs[], reference: Costs, objectives: number): number {
  if (costs.length === 0) return 0;
  if (objectives === 1) return reference[0]! - Math.min(...costs.map((cost) => cost[0]!));
  if (objectives === 2) return areaBelow(costs, reference);
  const last = objectives - 1;
  const order = [...costs].sort((a, b) => a[last]! - b[last]!);
  let sum = 0;
  let slab: Costs[] = [];
  order.forEach((cost, index) => {
    slab = slab.filter((other) => !coversUpTo(cost, other, last));
    if (!slab.some((other) => coversUpTo(other, cost, last))) slab.push(cost);
    const depth = (order[index + 1]?.[last] ?? reference[last]!) - cost[last]!;
    if (depth > 0) sum += depth * volume(slab, reference, last);
  });
  return sum;
}

/** `left` is at least as good in the first `objectives` objectives. */
function coversUpTo(left: Costs, right: Costs, objectives: number): boolean {
  for (let index = 0; index < objectives; index++) if (left[index]! > right[index]!) return false;
  return true;
}

function areaBelow(costs: readonly Costs[], reference: Costs): number {
  const order = [...costs].sort((a, b) => a[0]! - b[0]! || a[1]! - b[1]!);
  let area = 0;
  let ceiling = reference[1]!;
  for (const cost of order) {
    if (cost[1]! >= ceiling) continue;
    area += (reference[0]! - cost[0]!) * (ceiling - cost[1]!);
    ceiling = cost[1]!;
  }
  return area;
}

import { crowdingDistances } from './front/crowding.ts';
import { paretoFront, paretoRanks } from './front/dominance.ts';
import { kneeOf } from './front/knee.ts';
import { type Objective, readObjective } from './objective.ts';
import { costsOf, type SweepRow } from './sweep-row.ts';
import type { Stage } from './sweep-spec.ts';

/** Objectives that a row has figures for. */
const measured = (objectives: readonly Objective[], { metrics }: SweepRow): readonly Objective[] =>
  objectives.filter(({ metric }) => metrics[metric.name] !== undefined);

/**
 * The rows that go on into a stage: those that keep the constraints before those that do not, then by Pareto rank, then the least
 * crowded, then by name. Failed rows never go on.
 */
export function selectRows(rows: readonly SweepRow[], stage: Stage, objectives: readonly Objective[]): readonly SweepRow[] {
  const candidates = rows.filter(({ status }) => status === 'ok');
  const count = stage.keep <= 1 ? Math.ceil(stage.keep * candidates.length) : Math.min(Math.floor(stage.keep), candidates.length);
  const [first] = candidates;
  if (first === undefined || count === candidates.length) return candidates;
  const wanted = (stage.by ?? []).flatMap((text) => {
    const read = readObjective(text);
    return read.ok ? [read.value] : [];
  });
  const judges = measured(wanted.length > 0 ? wanted : objectives, first);
  const costs = candidates.map((row) => costsOf(row, judges) ?? []);
  const ranks = paretoRanks(costs);
  const distances = crowdingDistances(costs, ranks);
  const order = candidates.map((_, index) => index);
  order.sort((a, b) => {
    const [left, right] = [candidates[a]!, candidates[b]!];
    if (left.violation !== right.violation) return left.violation - right.violation;
    if (ranks[a] !== ranks[b]) return ranks[a]! - ranks[b]!;
    if (distances[a] !== distances[b]) return distances[b]! - distances[a]!;
    return left.name < right.name ? -1 : 1;
  });
  return order.slice(0, count).map((index) => candidates[index]!);
}

/** The best of a sweep. */
export interface Front {
  /** Feasible rows that no other dominates, best in the first objective first. */
  readonly rows: readonly SweepRow[];
  readonly knee: SweepRow | undefined;
}

/** Pareto front and knee over the rows that have a figure for every objective and keep every constraint. */
export function frontOf(rows: readonly SweepRow[], objectives: readonly Objective[]): Front {
  const candidates = rows.flatMap((row) => {
    const costs = row.status === 'ok' && row.broken.length === 0 ? costsOf(row, objectives) : undefined;
    return costs === undefined ? [] : [{ row, costs }];
  });
  const front = paretoFront(candidates.map(({ costs }) => costs)).map((index) => candidates[index]!);
  front.sort((a, b) => a.costs[0]! - b.costs[0]! || (a.row.name < b.row.name ? -1 : 1));
  const knee = kneeOf(front.map(({ costs }) => costs));
  return { rows: front.map(({ row }) => row), knee: knee === undefined ? undefined : front[knee]!.row };
}

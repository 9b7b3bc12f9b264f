import { isOrdered, type Point, pointName } from './axis.ts';
import type { ItemResult } from './item-result.ts';
import type { Resolver } from './resolve-point.ts';
import { firstGeneration, type Genome, nextGeneration, type Score, survivors } from './sampling/nsga2.ts';
import { distinctPoints, pointAt, samplePoints } from './sampling/sample-points.ts';
import { selectRows } from './select-rows.ts';
import { costsOf, newRow, type SweepRow, withResults } from './sweep-row.ts';
import type { SweepSpec } from './sweep-spec.ts';
import type { WorkItem } from './work-item.ts';

export interface PlannedItem extends WorkItem {
  readonly point: string;
  readonly stage: number;
  readonly repeat: number;
}

/** What a sweep knows of itself, given the results there are. */
export interface Survey {
  /** Every item known to be needed so far, each once. */
  readonly items: readonly PlannedItem[];
  readonly rows: readonly SweepRow[];
  /** Nothing more will be asked for; false also while results of known items are missing. */
  readonly complete: boolean;
}

export interface Surveyor {
  /**
   * Plans as far as the results allow: stages that choose among points and generations that learn from figures wait for theirs.
   * Depends on spec and results alone, so a stopped sweep goes on where it was.
   */
  survey(result: (id: string) => ItemResult | undefined): Survey;
}

/** A surveyor that remembers the items it has resolved. `outside` gives the points that an outside optimiser has asked about. */
export function createSurveyor(spec: SweepSpec, resolver: Resolver, outside: () => readonly Point[] = () => []): Surveyor {
  const made = new Map<string, WorkItem>();
  const itemOf = (row: SweepRow, stage: number, repeat: number): WorkItem => {
    const key = `${stage}/${repeat}/${row.name}`;
    const item = made.get(key) ?? resolver.item(row.point, spec.stages[stage]!, repeat);
    made.set(key, item);
    return item;
  };
  return { survey: (result) => surveyOnce(spec, resolver, itemOf, result, outside()) };
}

type ItemOf = (row: SweepRow, stage: number, repeat: number) => WorkItem;

function surveyOnce(
  spec: SweepSpec,
  resolver: Resolver,
  itemOf: ItemOf,
  result: (id: string) => ItemResult | undefined,
  outside: readonly Point[],
): Survey {
  const items = new Map<string, PlannedItem>();
  const rows = new Map<string, SweepRow>();

  const measure = (row: SweepRow, stage: number): SweepRow => {
    const own = Array.from({ length: spec.repeats }, (_, repeat) => itemOf(row, stage, repeat));
    own.forEach((item, repeat) => {
      if (!items.has(item.id)) items.set(item.id, { ...item, point: row.name, stage, repeat });
    });
    const results = own.map(({ id }) => result(id));
    return withResults(row, stage, own[0]!.id, results, spec.constraints);
  };

  /** Takes points through the stages; false when results are missing. */
  const runStages = (points: readonly Point[]): boolean => {
    let alive = points.map(newRow);
    for (const [stage, description] of spec.stages.entries()) {
      if (stage > 0) alive = [...selectRows(alive, description, spec.objectives)];
      alive = alive.map((row) => measure(row, stage));
      for (const row of alive) rows.set(row.name, row);
      if (alive.some(({ status }) => status === 'pending')) return false;
    }
    return true;
  };

  const scoreOf = (point: Point): Score => {
    const row = rows.get(pointName(point))!;
    const costs = row.status === 'ok' ? costsOf(row, spec.objectives) : undefined;
    if (costs === undefined) return { costs: spec.objectives.map(() => Number.MAX_VALUE), violation: Number.MAX_VALUE };
    return { costs, violation: row.violation };
  };

  const sampled = spec.sampling.method === 'external' ? outside : samplePoints(spec.axes, spec.sampling, resolver.base);
  const complete = sampled === undefined ? evolve(spec, resolver, runStages, scoreOf) : runStages(sampled);
  return { items: [...items.values()], rows: [...rows.values()], complete };
}

function evolve(
  { sampling, axes }: SweepSpec,
  resolver: Resolver,
  runStages: (points: readonly Point[]) => boolean,
  scoreOf: (point: Point) => Score,
): boolean {
  if (sampling.method !== 'nsga2') throw new RangeError(`sampling is ${sampling.method}; want nsga2`);
  const options = { ...sampling, ordered: axes.map(isOrdered) };
  const pointOf = (genome: Genome): Point => pointAt(axes, genome, resolver.base);
  const measure = (genomes: readonly Genome[]): readonly Score[] | undefined => {
    const points = genomes.map(pointOf);
    return runStages(distinctPoints(points)) ? points.map(scoreOf) : undefined;
  };
  let genomes = firstGeneration(options);
  let scores = measure(genomes);
  for (let generation = 1; generation < sampling.generations && scores !== undefined; generation++) {
    const children = nextGeneration(genomes, scores, generation, options);
    const childScores = measure(children);
    if (childScores === undefined) return false;
    ({ genomes, scores } = survivors([...genomes, ...children], [...scores, ...childScores], sampling.population));
  }
  return scores !== undefined;
}

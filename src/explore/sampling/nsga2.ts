import { createStream, type Stream } from '../../numeric/philox.ts';
import { purposes } from '../../numeric/purposes.ts';
import { crowdingDistances } from '../front/crowding.ts';
import { type Costs, paretoRanks } from '../front/dominance.ts';
import { latinHypercube } from './unit-points.ts';

/** What a genome scored: every cost to be made small, and how far it is from keeping the constraints (0 = keeps all). */
export interface Score {
  readonly costs: Costs;
  readonly violation: number;
}

export interface Nsga2Options {
  readonly population: number;
  readonly seed: number;
  /** Per gene: neighbouring values mean something; otherwise genes are names and only swapped or redrawn. */
  readonly ordered: readonly boolean[];
}

/** Points of the unit cube. */
export type Genome = readonly number[];

interface Ranked {
  readonly genome: Genome;
  readonly score: Score;
  readonly rank: number;
  readonly crowding: number;
}

/** Distribution indices of crossover and mutation, and the share of pairs crossed: the usual values of Deb 2002. */
const crossoverIndex = 15;
const mutationIndex = 20;
const crossoverShare = 0.9;

/** The genomes a search starts from. */
export const firstGeneration = ({ population, seed, ordered }: Nsga2Options): readonly Genome[] =>
  latinHypercube(population, ordered.length, seed);

/** Feasible before infeasible, less violation before more, then by rank (Deb's constrained domination). */
function rankAll(genomes: readonly Genome[], scores: readonly Score[]): readonly Ranked[] {
  const feasible = scores.flatMap(({ violation }, index) => (violation === 0 ? [index] : []));
  const feasibleCosts = feasible.map((index) => scores[index]!.costs);
  const feasibleRanks = paretoRanks(feasibleCosts);
  const ranks = new Array<number>(scores.length).fill(0);
  for (const [at, index] of feasible.entries()) ranks[index] = feasibleRanks[at]!;
  const worst = feasibleRanks.reduce((most, rank) => Math.max(most, rank), -1);
  const broken = scores.flatMap(({ violation }, index) => (violation > 0 ? [index] : []));
  broken.sort((a, b) => scores[a]!.violation - scores[b]!.violation || a - b);
  for (const [at, index] of broken.entries()) ranks[index] = worst + 1 + at;
  const distances = crowdingDistances(
    scores.map(({ costs }) => costs),
    ranks,
  );
  return genomes.map((genome, index) => ({ genome, score: scores[index]!, rank: ranks[index]!, crowding: distances[index]! }));
}

const better = (left: Ranked, right: Ranked): number =>
  left.rank - right.rank || (left.crowding === right.crowding ? 0 : right.crowding - left.crowding);

/** The `size` best of parents and children together. */
export function survivors(
  genomes: readonly Genome[],
  scores: readonly Score[],
  size: number,
): { readonly genomes: readonly Genome[]; readonly scores: readonly Score[] } {
  const kept = [...rankAll(genomes, scores)].sort(better).slice(0, size);
  return { genomes: kept.map(({ genome }) => genome), scores: kept.map(({ score }) => score) };
}

/** The children of generation `generation`: tournaments of two, simulated binary crossover, polynomial mutation (Deb 2002). */
export function nextGeneration(
  parents: readonly Genome[],
  scores: readonly Score[],
  generation: number,
  { population, seed, ordered }: Nsga2Options,
): readonly Genome[] {
  const stream = createStream(seed, purposes.sampling, 1000 + generation);
  const ranked = rankAll(parents, scores);
  const draw = (): Genome => {
    const [left, right] = [ranked[stream.integer(ranked.length)]!, ranked[stream.integer(ranked.length)]!];
    return better(left, right) <= 0 ? left.genome : right.genome;
  };
  const children: Genome[] = [];
  while (children.length < population) {
    for (const child of cross(draw(), draw(), ordered, stream)) children.push(mutate(child, ordered, stream));
  }
  return children.slice(0, population);
}

const clamp = (gene: number): number => Math.min(Math.max(gene, 0), 1 - 2 ** -53);

function cross(left: Genome, right: Genome, ordered: readonly boolean[], stream: Stream): readonly [Genome, Genome] {
  if (stream.uniform() >= crossoverShare) return [left, right];
  const first = [...left];
  const second = [...right];
  ordered.forEach((isOrdered, gene) => {
    if (stream.uniform() < 0.5) return;
    const [a, b] = [left[gene]!, right[gene]!];
    if (!isOrdered) [first[gene], second[gene]] = [b, a];
    else if (Math.abs(a - b) > 1e-14) [first[gene], second[gene]] = simulatedBinary(a, b, stream);
  });
  return [first, second];
}

/** Bounded to [0, 1], as in the reference implementation of NSGA-II. */
function simulatedBinary(a: number, b: number, stream: Stream): readonly [number, number] {
  const [low, high] = a < b ? [a, b] : [b, a];
  const draw = stream.uniform();
  const spreadTo = (room: number): number => {
    const alpha = 2 - (1 + (2 * room) / (high - low)) ** -(crossoverIndex + 1);
    const power = 1 / (crossoverIndex + 1);
    return draw <= 1 / alpha ? (draw * alpha) ** power : (1 / (2 - draw * alpha)) ** power;
  };
  const down = clamp(0.5 * (low + high - spreadTo(low) * (high - low)));
  const up = clamp(0.5 * (low + high + spreadTo(1 - high) * (high - low)));
  return stream.uniform() < 0.5 ? [down, up] : [up, down];
}

/** On average one gene of a genome. */
function mutate(genome: Genome, ordered: readonly boolean[], stream: Stream): Genome {
  return genome.map((gene, index) => {
    if (stream.uniform() >= 1 / genome.length) return gene;
    if (!ordered[index]) return stream.uniform();
    const draw = stream.uniform();
    const power = 1 / (mutationIndex + 1);
    const step =
      draw < 0.5
        ? (2 * draw + (1 - 2 * draw) * (1 - gene) ** (mutationIndex + 1)) ** power - 1
        : 1 - (2 * (1 - draw) + (2 * draw - 1) * gene ** (mutationIndex + 1)) ** power;
    return clamp(gene + step);
  });
}

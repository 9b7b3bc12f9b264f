import { describe, expect, test } from 'vitest';
import { paretoFront } from '../../../src/explore/front/dominance.ts';
import { hypervolume } from '../../../src/explore/front/hypervolume.ts';
import { firstGeneration, nextGeneration, type Score, survivors } from '../../../src/explore/sampling/nsga2.ts';

type Problem = (x: readonly number[]) => readonly number[];
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const rest = (x: readonly number[]) => 1 + (9 * sum(x.slice(1))) / (x.length - 1);

/** Zitzler, Deb, Thiele, "Comparison of multiobjective evolutionary algorithms", Evolutionary Computation 8, 2000. */
const zdt1: Problem = (x) => [x[0]!, rest(x) * (1 - Math.sqrt(x[0]! / rest(x)))];
const zdt2: Problem = (x) => [x[0]!, rest(x) * (1 - (x[0]! / rest(x)) ** 2)];
const zdt3: Problem = (x) => {
  const share = x[0]! / rest(x);
  return [x[0]!, rest(x) * (1 - Math.sqrt(share) - share * Math.sin(10 * Math.PI * x[0]!))];
};
/** Deb, Thiele, Laumanns, Zitzler, "Scalable test problems", 2005: an eighth of a sphere. */
const dtlz2: Problem = (x) => {
  const radius = 1 + sum(x.slice(2).map((value) => (value - 0.5) ** 2));
  const [a, b] = [(x[0]! * Math.PI) / 2, (x[1]! * Math.PI) / 2];
  return [radius * Math.cos(a) * Math.cos(b), radius * Math.cos(a) * Math.sin(b), radius * Math.sin(a)];
};

/** Front of all designs evaluated, which is what a sweep reports. */
function search(problem: Problem, genes: number, population: number, generations: number): readonly (readonly number[])[] {
  const options = { population, seed: 1, ordered: new Array<boolean>(genes).fill(true) };
  const score = (genome: readonly number[]): Score => ({ costs: problem(genome), violation: 0 });
  let genomes = firstGeneration(options);
  let scores: readonly Score[] = genomes.map(score);
  const all = scores.map(({ costs }) => costs);
  for (let generation = 1; generation < generations; generation++) {
    const children = nextGeneration(genomes, scores, generation, options);
    const childScores = children.map(score);
    all.push(...childScores.map(({ costs }) => costs));
    ({ genomes, scores } = survivors([...genomes, ...children], [...scores, ...childScores], population));
  }
  return paretoFront(all).map((index) => all[index]!);
}

describe('NSGA-II reaches known fronts: hypervolume within 5 %', () => {
  test.each([
    // Reference point 1.1 each; volumes of the true fronts: integrals, and for ZDT3 the published front of 1000 points.
    ['ZDT1, 15 000 evaluations', zdt1, 30, 150, [1.1, 1.1], 1.21 - 1 / 3],
    ['ZDT2, 15 000 evaluations', zdt2, 30, 150, [1.1, 1.1], 1.21 - 2 / 3],
    ['ZDT3, 15 000 evaluations', zdt3, 30, 150, [1.1, 1.1], 1.3298],
    ['DTLZ2, 3 objectives, 15 000 evaluations', dtlz2, 12, 150, [1.1, 1.1, 1.1], 1.331 - Math.PI / 6],
  ] as const)('%s', (_, problem, genes, generations, reference, known) => {
    const reached = hypervolume(search(problem, genes, 100, generations), reference);
    expect(reached / known).toBeGreaterThan(0.95);
    expect(reached / known).toBeLessThanOrEqual(1.001);
  });
});

test('what keeps the constraints outlives what does not', () => {
  const scores: Score[] = [3, 0, 1, 0].map((violation, index) => ({ costs: [index, index], violation }));
  expect(survivors([[0], [1], [2], [3]], scores, 3).genomes).toEqual([[1], [3], [2]]);
});

test('genes that are names are swapped and redrawn, never blended', () => {
  const parents = [
    [0.25, 0.1],
    [0.75, 0.9],
  ];
  const scores = parents.map(() => ({ costs: [0, 0], violation: 0 }));
  const genes = nextGeneration(parents, scores, 1, { population: 40, seed: 2, ordered: [false, false] }).flat();
  // Half of the genes are redrawn (one of two in a genome, on average); a blend would leave few of the parents' values.
  expect(genes).toHaveLength(80);
  expect(genes.filter((gene) => parents.flat().includes(gene)).length).toBeGreaterThan(30);
});

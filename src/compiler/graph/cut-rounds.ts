import type { MatrixStage } from '../lower.ts';
import type { SlicedMatrix } from '../slice.ts';
import { canLeave, keepInDram } from './keep-in-dram.ts';
import { splitBatches } from './split-batches.ts';
import { type LoweredGraph, matrixOf, type Step } from './steps.ts';

/** One turn of a network that takes more tiles than there are: what is written into the tiles, then the steps that use it. */
export interface Round {
  readonly matrices: readonly MatrixStage[];
  readonly steps: readonly Step[];
}

/** How a network takes turns on the tiles. */
export interface Rounds {
  /** Matrices that keep their tiles: written once. */
  readonly resident: ReadonlySet<MatrixStage>;
  /** At least one. */
  readonly rounds: readonly Round[];
}

/** Fewest rounds of consecutive steps whose other matrices fit `available` tiles; undefined when one matrix does not. */
function cutSteps(
  steps: readonly Step[],
  resident: ReadonlySet<MatrixStage>,
  tilesOf: (stage: MatrixStage) => number,
  available: number,
): readonly Round[] | undefined {
  const rounds: { matrices: MatrixStage[]; steps: Step[] }[] = [{ matrices: [], steps: [] }];
  let used = 0;
  for (const step of steps) {
    const matrix = matrixOf(step.operation);
    let round = rounds.at(-1)!;
    if (matrix !== undefined && !resident.has(matrix) && !round.matrices.includes(matrix)) {
      const tiles = tilesOf(matrix);
      if (tiles > available) return undefined;
      if (used + tiles > available) {
        round = { matrices: [], steps: [] };
        rounds.push(round);
        used = 0;
      }
      round.matrices.push(matrix);
      used += tiles;
    }
    round.steps.push(step);
  }
  // A matrix of two rounds would lie in two places.
  const turned = rounds.flatMap(({ matrices }) => matrices);
  return new Set(turned).size === turned.length ? rounds : undefined;
}

/**
 * Cuts steps into as few rounds as the tiles allow, then lets as many matrices as fit keep their tiles without making it more rounds:
 * every tile written less often saves its programming. Undefined when no such cut exists, as for a matrix larger than the chip.
 */
export function cutRounds(steps: readonly Step[], sliced: readonly SlicedMatrix[], available: number): Rounds | undefined {
  const tiles = new Map(sliced.map((matrix) => [matrix.stage, matrix.tiles]));
  const tilesOf = (stage: MatrixStage): number => tiles.get(stage)!;
  const everything = sliced.reduce((sum, matrix) => sum + matrix.tiles, 0);
  if (everything <= available) {
    const matrices = sliced.map(({ stage }) => stage);
    return { resident: new Set(matrices), rounds: [{ matrices: [], steps }] };
  }
  const resident = new Set<MatrixStage>();
  const uses = (stage: MatrixStage): number => steps.filter(({ operation }) => matrixOf(operation) === stage).length;
  // What is used again and again keeps its tiles first, then the small ones.
  const candidates = sliced.map(({ stage }) => stage).sort((a, b) => uses(b) - uses(a) || tilesOf(a) - tilesOf(b));
  let taken = 0;
  for (const stage of candidates.filter((each) => uses(each) > 1)) {
    resident.add(stage);
    taken += tilesOf(stage);
  }
  let rounds = cutSteps(steps, resident, tilesOf, available - taken);
  if (rounds === undefined) return undefined;
  for (const stage of candidates) {
    if (resident.has(stage)) continue;
    const more = new Set([...resident, stage]);
    const cut = cutSteps(steps, more, tilesOf, available - taken - tilesOf(stage));
    if (cut === undefined || cut.length > rounds.length) continue;
    resident.add(stage);
    taken += tilesOf(stage);
    rounds = cut;
  }
  return { resident, rounds };
}

/** The steps, each with its round, and what passes from a round to a later one in one place for each image of a batch. */
export function enterRounds(lowered: LoweredGraph, { rounds }: Rounds): LoweredGraph {
  if (rounds.length === 1) return lowered;
  const roundOf = new Map(rounds.flatMap(({ steps }, round) => steps.map((step) => [step, round] as const)));
  const tagged = { ...lowered, steps: lowered.steps.map((step) => ({ ...step, round: roundOf.get(step)! })) };
  const { imageSteps, wide } = splitBatches(tagged);
  const names = new Set(imageSteps.flatMap(({ reads, writes }) => [...reads, writes]));
  return [...names]
    .filter((name) => !wide.has(name))
    .reduce<LoweredGraph>((graph, name) => sendOn(graph, name, imageSteps), tagged);
}

function sendOn(lowered: LoweredGraph, value: string, imageSteps: readonly Step[]): LoweredGraph {
  const touching = imageSteps.filter(({ reads, writes }) => reads.includes(value) || writes === value);
  const writers = new Set(touching.filter(({ writes }) => writes === value).map(({ round }) => round));
  if (new Set(touching.map(({ round }) => round)).size === 1) return lowered;
  // Completed in several rounds, it stays in the scratchpad for all images of a batch.
  if (writers.size > 1 || !canLeave(lowered, value)) return { ...lowered, held: new Set([...(lowered.held ?? []), value]) };
  const [home] = writers;
  const copyFor = ({ round }: Step) => (round === home ? undefined : `${value} @${round}`);
  return keepInDram(lowered, { value, perImage: true, copyFor });
}

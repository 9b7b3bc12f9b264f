import { limits } from '../../isa/limits.ts';
import type { ChipDescription } from '../chip/description.ts';
import { inputError } from '../config/issue.ts';
import type { MatrixStage } from './lower.ts';
import type { SlicedMatrix } from './slice.ts';

/** A sliced matrix with its group id and first tile. */
export interface PlacedMatrix extends SlicedMatrix {
  readonly group: number;
  readonly firstTile: number;
  /** Copies of the matrix that share its vectors; 1 when absent. */
  readonly replicas?: number;
}

/** Bytes that a tile of a matrix moves for one sample, in elements: vectors in, products out. */
const traffic = ({ stage, tiles, replicas = 1 }: SlicedMatrix & { readonly replicas?: number }): number =>
  (stage.vectors * (stage.rows + stage.columns)) / (tiles * replicas);

/**
 * Groups one after the other in tile order, the first tiles being nearest to the scratchpad; `byTraffic`: the busiest groups there. A
 * chip too small is an input error that says what would fit.
 */
export function place(
  matrices: readonly (SlicedMatrix & { readonly replicas?: number })[],
  chip: ChipDescription,
  byTraffic = false,
): readonly PlacedMatrix[] {
  const needed = tilesOf(matrices);
  if (needed > tileCount(chip)) refuseTooFew(matrices, chip);
  return assign(matrices, byTraffic, () => 0);
}

type Copied = SlicedMatrix & { readonly replicas?: number };

const tileCount = ({ grid }: ChipDescription): number => grid.rows * grid.columns;
const tilesOf = (matrices: readonly Copied[]): number =>
  matrices.reduce((sum, { tiles, replicas = 1 }) => sum + tiles * replicas, 0);

/** Throws InputError: what the matrices take and what would fit. */
export function refuseTooFew(matrices: readonly Copied[], chip: ChipDescription): never {
  const needed = tilesOf(matrices);
  const side = Math.ceil(Math.sqrt(needed));
  throw inputError(
    `chip ${chip.name}`,
    `${tileCount(chip)} tiles of ${chip.tile.rows} x ${chip.tile.columns} cells`,
    `at least ${needed} tiles for ${matrices.map(({ stage, tiles }) => `${stage.name} (${tiles})`).join(', ')}; ` +
      `--set grid.rows=${side} --set grid.columns=${side} would fit`,
  );
}

/** Where a network takes turns on the tiles, resident matrices come first and every round begins behind them. */
export function placeRounds(
  matrices: readonly Copied[],
  chip: ChipDescription,
  {
    resident,
    rounds,
  }: { readonly resident: ReadonlySet<MatrixStage>; readonly rounds: readonly { readonly matrices: readonly MatrixStage[] }[] },
  byTraffic = false,
): readonly PlacedMatrix[] {
  if (rounds.length === 1) return place(matrices, chip, byTraffic);
  const roundOf = new Map(rounds.flatMap(({ matrices: stages }, round) => stages.map((stage) => [stage, round + 1] as const)));
  const turn = ({ stage }: Copied): number => roundOf.get(stage) ?? 0;
  return assign(matrices, byTraffic, turn, tilesOf(matrices.filter(({ stage }) => resident.has(stage))));
}

/** Tiles one after the other within a turn: turn 0 from tile 0, every other one from `base`. */
function assign(
  matrices: readonly Copied[],
  byTraffic: boolean,
  turnOf: (matrix: Copied) => number,
  base = 0,
): readonly PlacedMatrix[] {
  if (matrices.length > limits.groupCount)
    throw inputError('network', `${matrices.length} matrices`, `at most ${limits.groupCount} tile groups`);
  const order = matrices.map((_, group) => group);
  if (byTraffic) order.sort((a, b) => traffic(matrices[b]!) - traffic(matrices[a]!) || a - b);
  const first: number[] = [];
  const next = new Map<number, number>();
  for (const group of order) {
    const turn = turnOf(matrices[group]!);
    first[group] = next.get(turn) ?? (turn === 0 ? 0 : base);
    next.set(turn, first[group] + tilesOf([matrices[group]!]));
  }
  return matrices.map((matrix, group) => ({ ...matrix, group, firstTile: first[group]! }));
}

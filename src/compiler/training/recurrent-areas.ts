import { formatBytes, limits } from '../../../isa/limits.ts';
import type { ProgramBuilder } from '../../isa/builder.ts';
import type { MatrixStage, Stage } from '../lower.ts';
import { aligned } from '../schedule.ts';

export type RecurrentStage = MatrixStage & { readonly recurrent: NonNullable<MatrixStage['recurrent']> };

/** The recurrence that a network begins with, if it does. */
export const recurrentStage = ([first]: readonly Stage[]): RecurrentStage | undefined =>
  first?.kind === 'matrix' && first.recurrent !== undefined ? (first as RecurrentStage) : undefined;

/** Floats of each area of the scratchpad for batches of `count`; time-major where they hold every step. */
function sizesOf({ recurrent: { steps, inputs, units } }: RecurrentStage, count: number) {
  const state = count * units;
  return {
    /** The batch as numbers, [count x steps x inputs]. */
    sequence: count * steps * inputs,
    /** [(steps + 1) x count x (inputs + units)]: what meets the matrix; the states of the last row go on. */
    joined: (steps + 1) * count * (inputs + units),
    /** [count x 4 units] of one step, as the matrix makes them. */
    sums: 4 * state,
    /** [steps x 4 x count x units] after their functions. */
    gates: steps * 4 * state,
    /** [(steps + 1) x count x units], and squashed [steps x count x units]. */
    cells: (steps + 1) * state,
    squashed: steps * state,
    /** [steps x count x 4 units]: gradients of the sums; one step's by gate [4 x count x units]. */
    deltas: steps * 4 * state,
    gateDeltas: 4 * state,
    /** [count x (inputs + units)] on the way back; gradients of state and cell; one more for products in between. */
    back: count * (inputs + units),
    stateDelta: state,
    cellDelta: state,
    scratch: count * Math.max(inputs, units),
  };
}

export type RecurrentAreas = Readonly<Record<keyof ReturnType<typeof sizesOf>, number>>;

/** Bytes of all areas. */
export const recurrentBytes = (stage: RecurrentStage, count: number): number =>
  Object.values(sizesOf(stage, count)).reduce((sum, floats) => sum + aligned(floats * formatBytes.f32), 0);

/** Base addresses of the areas. */
export function placeRecurrent(builder: ProgramBuilder, stage: RecurrentStage, count: number): RecurrentAreas {
  const entries = Object.entries(sizesOf(stage, count));
  return Object.fromEntries(
    entries.map(([name, floats]) => [name, builder.spm(`recurrent_${name}`, aligned(floats * formatBytes.f32))]),
  ) as unknown as RecurrentAreas;
}

/** Generators that the words of a recurrence define for themselves. */
export const recurrentGenerators = { first: limits.aguCount - 10, count: 8 } as const;

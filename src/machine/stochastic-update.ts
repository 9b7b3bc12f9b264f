import type { GroupCsrs } from '../sequence/issued-operation.ts';
import type { MachineContext } from './context.ts';
import { disturbs, noteHalfSelects } from './disturb.ts';
import { fireLines } from './fire-lines.ts';
import type { PulsedGroup } from './pulsable-group.ts';
import { beginPulses, endPulses } from './pulse-settings.ts';
import { planTrains } from './train-plan.ts';
import { signPhases, updateCost } from './update-cost.ts';
import { writeDrop } from './write-drop.ts';

/** One outer product to be pulsed: `scale` x d^T in weight units; x and d are f32 in kernel memory. */
export interface OuterProduct {
  readonly scale: number;
  readonly x: number;
  readonly d: number;
  readonly sequence: number;
  readonly vector: number;
}

/** What one vector's update did. */
export interface UpdateTally {
  pulses: number;
  joules: number;
  slots: number;
  linePulses: number;
  trainBits: number;
  halfSelects: number;
}

export const idleUpdate = (): UpdateTally => ({ pulses: 0, joules: 0, slots: 0, linePulses: 0, trainBits: 0, halfSelects: 0 });

/** Largest |value| and whether any is negative. */
export function extremes(values: Float32Array): { readonly largest: number; readonly negative: boolean } {
  let [low, high] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value > high) high = value;
    else if (value < low) low = value;
  }
  return { largest: Math.max(high, -low), negative: low < 0 };
}

/** Weight that one pulse is taken to move. */
export const pulseUnit = (state: PulsedGroup, csrs: GroupCsrs): number => state.pulsed.cell.granularity * csrs.weightMax;

/**
 * Stochastic coincidence update of one vector pair: Bernoulli trains on rows and columns, one device pulse per common slot, up where
 * scale x d is positive. Counts are binomial and independent between slots, exactly as drawn line by line.
 */
export function stochasticUpdate(
  context: MachineContext,
  state: PulsedGroup,
  csrs: GroupCsrs,
  { scale, x, d, sequence, vector }: OuterProduct,
): UpdateTally {
  const { kernels } = context;
  const { rows, columns } = state.layout;
  const largest = [extremes(kernels.f32(x, rows)), extremes(kernels.f32(d, columns))] as const;
  const plan = planTrains(csrs, Math.abs(scale), pulseUnit(state, csrs), largest[0].largest, largest[1].largest);
  if (plan.length === 0) return idleUpdate();
  const mark = kernels.mark();
  const phases = signPhases(csrs, largest[0].negative);
  const address = { sequence, vector };
  const rowTrains = fireLines(context, x, rows, plan.rowFactor, plan.length, { ...address, side: 0, inverted: false });
  const columnTrains = fireLines(context, d, columns, plan.columnFactor, plan.length, {
    ...address,
    side: 1,
    inverted: scale < 0,
  });
  const drop = csrs.writeDrop ? writeDrop(context, state, rowTrains, columnTrains, plan.length, csrs.lineLimit) : undefined;
  const settings = beginPulses(context, state, sequence, vector, drop);
  kernels.pulseTrains(
    settings,
    rowTrains.linesAt,
    rowTrains.bitsAt,
    rowTrains.signsAt,
    rowTrains.count,
    columnTrains.linesAt,
    columnTrains.bitsAt,
    columnTrains.signsAt,
    columnTrains.count,
    Math.ceil(plan.length / 32),
  );
  const { pulses, joules } = endPulses(context, state);
  // views are fetched again: allocations may have grown the memory
  const lists = [rowTrains, columnTrains].map((trains) => ({
    ...trains,
    lines: kernels.i32(trains.linesAt, trains.count),
    signs: kernels.i32(trains.signsAt, trains.count),
    bits: kernels.i32(trains.bitsAt, trains.stride * Math.ceil(plan.length / 32)),
  }));
  const cost = updateCost(state, csrs, lists[0]!, lists[1]!, plan.length, phases, pulses);
  if (disturbs(state, csrs)) noteHalfSelects(state, lists[0]!, lists[1]!, plan.length, phases);
  kernels.release(mark);
  const copies = state.shape.replicas;
  return {
    pulses: copies * pulses,
    joules: copies * joules + cost.halfSelects * state.pulsed.cell.halfJoules,
    trainBits: copies * plan.length * (rows + columns),
    ...cost,
  };
}

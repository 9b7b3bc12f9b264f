import type { GroupCsrs } from '../sequence/issued-operation.ts';
import type { MachineContext } from './context.ts';
import { disturbs, noteHalfSelects } from './disturb.ts';
import type { PulsedGroup } from './pulsable-group.ts';
import { beginPulses, endPulses, pulseHeat } from './pulse-settings.ts';
import { markPulsed } from './pulsed-state.ts';
import { signPhases, updateCost } from './update-cost.ts';
import { type TrainMemory, trainMemory, trainsAt, type VectorResult, vectorResults } from './vector-trains.ts';
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

/** n outer products to be pulsed, with the extremes of their vectors (rowExtremes) and a scale each (f64[n]), in kernel memory. */
export interface OuterProducts {
  readonly x: number;
  readonly d: number;
  readonly xExtremes: number;
  readonly dExtremes: number;
  readonly scales: number;
  readonly n: number;
  readonly sequence: number;
}

/**
 * Stochastic coincidence updates, vector after vector: Bernoulli trains on rows and columns, one device pulse per common slot, up where
 * scale x d is positive. Counts are binomial and independent between slots, exactly as drawn line by line. `each` gets the tally of
 * every vector.
 */
export function stochasticUpdates(
  context: MachineContext,
  state: PulsedGroup,
  csrs: GroupCsrs,
  products: OuterProducts,
  each: (vector: number, tally: UpdateTally) => void,
): void {
  const { kernels } = context;
  const mark = kernels.mark();
  const memory = trainMemory(context, state, csrs, pulseUnit(state, csrs), products.sequence, products.n);
  // where cost or step depend on which lines fire, they are looked at before the pulses
  if (csrs.writeDrop || csrs.lineLimit > 0 || disturbs(state, csrs)) watchedUpdates(context, state, csrs, products, memory, each);
  else blindUpdates(context, state, csrs, products, memory, each);
  kernels.release(mark);
}

function blindUpdates(
  context: MachineContext,
  state: PulsedGroup,
  csrs: GroupCsrs,
  { x, d, xExtremes, dExtremes, scales, n, sequence }: OuterProducts,
  memory: TrainMemory,
  each: (vector: number, tally: UpdateTally) => void,
): void {
  const { kernels } = context;
  const { rows, columns } = state.layout;
  const { plan, results, rowBase, columnBase } = memory;
  const settings = beginPulses(context, state, sequence, 0);
  kernels.pulseVectors(
    ...([settings, plan, results, scales] as const),
    ...([x, xExtremes, rows, rowBase] as const),
    ...([d, dExtremes, columns, columnBase] as const),
    n,
  );
  const extremes = kernels.f32(xExtremes, 2 * n);
  const read = vectorResults(context, memory, n);
  let pulsed = false;
  for (let vector = 0; vector < n; vector++) {
    const result = read(vector);
    pulsed ||= result.pulses > 0;
    const phases = signPhases(csrs, extremes[2 * vector]! < 0);
    each(vector, tallyOf(state, csrs, result, phases, pulseHeat(context, state, result.pulses, result.levels), undefined));
  }
  if (pulsed) markPulsed(state);
}

function watchedUpdates(
  context: MachineContext,
  state: PulsedGroup,
  csrs: GroupCsrs,
  { x, d, xExtremes, dExtremes, scales, n, sequence }: OuterProducts,
  memory: TrainMemory,
  each: (vector: number, tally: UpdateTally) => void,
): void {
  const { kernels } = context;
  const { rows, columns } = state.layout;
  const { plan, rowBase, columnBase } = memory;
  for (let vector = 0; vector < n; vector++) {
    const mark = kernels.mark();
    const scale = new Float64Array(kernels.memory.buffer, scales, n)[vector]!;
    kernels.fireVector(
      ...([plan, memory.results, scale] as const),
      ...([x + 4 * vector * rows, xExtremes + 8 * vector, rows, rowBase] as const),
      ...([d + 4 * vector * columns, dExtremes + 8 * vector, columns, columnBase] as const),
      vector,
    );
    const result = vectorResults(context, memory, 1)(0);
    const { length } = result;
    if (length === 0) {
      each(vector, idleUpdate());
      continue;
    }
    const trains = () =>
      [
        trainsAt(context, rowBase, rows, result.rowLines, length),
        trainsAt(context, columnBase, columns, result.columnLines, length),
      ] as const;
    const drop = csrs.writeDrop ? writeDrop(context, state, ...trains(), length, csrs.lineLimit) : undefined;
    // views are taken again: allocations may have grown the memory
    const [row, column] = trains();
    const settings = beginPulses(context, state, sequence, vector, drop);
    kernels.pulseTrains(
      settings,
      ...([row.linesAt, row.bitsAt, row.signsAt, row.count] as const),
      ...([column.linesAt, column.bitsAt, column.signsAt, column.count] as const),
      Math.ceil(length / 32),
    );
    const { pulses, joules } = endPulses(context, state);
    const phases = signPhases(csrs, kernels.f32(xExtremes + 8 * vector, 1)[0]! < 0);
    const tally = tallyOf(state, csrs, { ...result, pulses }, phases, joules, [row, column]);
    if (disturbs(state, csrs)) noteHalfSelects(state, row, column, length, phases);
    kernels.release(mark);
    each(vector, tally);
  }
}

/** Replicas do the same once more, half-selected cells included. */
function tallyOf(
  state: PulsedGroup,
  csrs: GroupCsrs,
  result: VectorResult,
  phases: number,
  joules: number,
  trains: Parameters<typeof updateCost>[4],
): UpdateTally {
  const { shape, layout, pulsed } = state;
  const copies = shape.replicas;
  const { slots, linePulses, halfSelects } = updateCost(state, csrs, result, phases, trains);
  return {
    pulses: copies * result.pulses,
    joules: copies * joules + halfSelects * pulsed.cell.halfJoules,
    slots,
    linePulses,
    trainBits: copies * result.length * (layout.rows + layout.columns),
    halfSelects,
  };
}

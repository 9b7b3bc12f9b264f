import type { GroupCsrs } from '../sequence/issued-operation.ts';
import type { MachineContext } from './context.ts';
import { disturbs, noteHalfSelects } from './disturb.ts';
import type { PulsedGroup } from './pulsable-group.ts';
import { beginPulses, endPulses, pulseHeat } from './pulse-settings.ts';
import { markPulsed } from './pulsed-state.ts';
import { addFirings, signPhases, type UpdateSums } from './update-cost.ts';
import { type TrainMemory, trainMemory, trainsAt, vectorResults } from './vector-trains.ts';
import { writeDrop } from './write-drop.ts';

/** One outer product to be pulsed: `scale` x d^T in weight units; x and d are f32 in kernel memory. */
export interface OuterProduct {
  readonly scale: number;
  readonly x: number;
  readonly d: number;
  readonly sequence: number;
  readonly vector: number;
}

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

/** One operation's products, and the scratch their trains are drawn in. */
interface Run {
  readonly context: MachineContext;
  readonly state: PulsedGroup;
  readonly csrs: GroupCsrs;
  readonly products: OuterProducts;
  readonly memory: TrainMemory;
  readonly sums: UpdateSums;
}

/**
 * Stochastic coincidence updates, vector after vector: Bernoulli trains on rows and columns, one device pulse per common slot, up where
 * scale x d is positive. Counts are binomial and independent between slots, exactly as drawn line by line. Adds to `sums`.
 */
export function stochasticUpdates(
  context: MachineContext,
  state: PulsedGroup,
  csrs: GroupCsrs,
  products: OuterProducts,
  sums: UpdateSums,
): void {
  const { kernels } = context;
  const mark = kernels.mark();
  const memory = trainMemory(context, state, csrs, pulseUnit(state, csrs), products.sequence, products.n);
  const run: Run = { context, state, csrs, products, memory, sums };
  // where cost or step depend on which lines fire, they are looked at before the pulses
  if (csrs.writeDrop || csrs.lineLimit > 0 || disturbs(state, csrs))
    for (let vector = 0; vector < products.n; vector++) watchedUpdate(run, vector);
  else blindUpdates(run);
  kernels.release(mark);
}

function blindUpdates({ context, state, csrs, products, memory, sums }: Run): void {
  const { kernels } = context;
  const { rows, columns } = state.layout;
  const { x, d, xExtremes, dExtremes, scales, n, sequence } = products;
  const settings = beginPulses(context, state, sequence, 0);
  kernels.pulseVectors(
    ...([settings, memory.plan, memory.results, scales] as const),
    ...([x, xExtremes, rows, memory.rowBase] as const),
    ...([d, dExtremes, columns, memory.columnBase] as const),
    n,
  );
  const extremes = kernels.f32(xExtremes, 2 * n);
  const read = vectorResults(context, memory, n);
  let pulsed = false;
  for (let vector = 0; vector < n; vector++) {
    const result = read(vector);
    if (result.length === 0) continue;
    pulsed ||= result.pulses > 0;
    const joules = pulseHeat(context, state, result.pulses, result.levels);
    addDraws(sums, state, result.length);
    addFirings(sums, vector, state, csrs, result, signPhases(csrs, extremes[2 * vector]! < 0), joules, undefined);
  }
  if (pulsed) markPulsed(state);
}

function watchedUpdate({ context, state, csrs, products, memory, sums }: Run, vector: number): void {
  const { kernels } = context;
  const { rows, columns } = state.layout;
  const { x, d, xExtremes, dExtremes, scales, n, sequence } = products;
  const { rowBase, columnBase } = memory;
  const mark = kernels.mark();
  const scale = new Float64Array(kernels.memory.buffer, scales, n)[vector]!;
  kernels.fireVector(
    ...([memory.plan, memory.results, scale] as const),
    ...([x + 4 * vector * rows, xExtremes + 8 * vector, rows, rowBase] as const),
    ...([d + 4 * vector * columns, dExtremes + 8 * vector, columns, columnBase] as const),
    vector,
  );
  const result = vectorResults(context, memory, 1)(0);
  const { length } = result;
  if (length === 0) return;
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
  addDraws(sums, state, length);
  addFirings(sums, vector, state, csrs, { ...result, pulses }, phases, joules, [row, column]);
  if (disturbs(state, csrs)) noteHalfSelects(state, row, column, length, phases);
  kernels.release(mark);
}

/** Comparators of the train generators draw for every line and slot, in every replica. */
function addDraws(sums: UpdateSums, { layout, shape }: PulsedGroup, length: number): void {
  sums.trainBits += shape.replicas * length * (layout.rows + layout.columns);
}

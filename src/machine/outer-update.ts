import { type Activity, idleActivity } from '../sequence/activity.ts';
import type { GroupCsrs, IssuedOperation } from '../sequence/issued-operation.ts';
import { amplitudeUpdate } from './amplitude-update.ts';
import type { MachineContext } from './context.ts';
import { countedUpdate } from './counted-update.ts';
import { disturbCells } from './disturb.ts';
import { numberOf } from './memory.ts';
import { type PulsedGroup, pulsedGroup } from './pulsable-group.ts';
import { cellCount, markPulsed } from './pulsed-state.ts';
import { extremes, type OuterProduct, type OuterProducts, pulseUnit, stochasticUpdates } from './stochastic-update.ts';
import { flagOf, functionOf } from './table-functions.ts';
import { trap } from './trap.ts';
import { noUpdates, signPhases } from './update-cost.ts';
import { chopped, type OuterOperands, outerOperands } from './update-operands.ts';

/** OPU: W += scale d x^T by pulses, vector after vector. */
export function outerUpdate(context: MachineContext, op: IssuedOperation): Activity {
  const state = pulsedGroup(context, op);
  const { csrs } = op.group!;
  const rule = functionOf(op);
  const scale = numberOf(op, 'd', 0);
  if (!Number.isFinite(scale)) throw trap(op, `finds ${scale} for its scale; want a finite number`);
  const { kernels } = context;
  const mark = kernels.mark();
  let operands = outerOperands(context, op, { a: flagOf(op, 'ONE-HOT-A'), b: flagOf(op, 'ONE-HOT-B') });
  if (flagOf(op, 'CHOP')) {
    const { rowSigns, columnSigns } = state.pulsed.transfer;
    operands = { x: chopped(context, operands.x, rowSigns, op.length), d: chopped(context, operands.d, columnSigns, op.length) };
  }
  const activity = updateVectors(context, state, csrs, operands, { scale, n: op.length, rule, sequence: op.sequence });
  kernels.release(mark);
  return activity;
}

interface Batch {
  readonly scale: number;
  readonly n: number;
  readonly rule: string;
  readonly sequence: number;
}

/** Updates of n vector pairs, one after the other; also the one-hot updates of XFR.tt1. */
export function updateVectors(
  context: MachineContext,
  state: PulsedGroup,
  csrs: GroupCsrs,
  { x, d }: OuterOperands,
  { scale, n, rule, sequence }: Batch,
): Activity {
  const { rows, columns } = state.layout;
  if (state.pulsed.cell.law === 'exact') return exactUpdate(context, state, csrs, { x, d }, { scale, n, rule, sequence });
  const { kernels } = context;
  const mark = kernels.mark();
  const products = { x, d, n, sequence, ...vectorScales(context, state, csrs, { x, d }, scale, n) };
  const sums = noUpdates(n);
  if (rule === 'stochastic' || rule === 'tt1') stochasticUpdates(context, state, csrs, products, sums);
  else {
    for (let vector = 0; vector < n; vector++) {
      const at = { x: x + 4 * vector * rows, d: d + 4 * vector * columns };
      const product: OuterProduct = { ...at, scale: scaleOf(context, products.scales, vector), sequence, vector };
      if (rule === 'amplitude') amplitudeUpdate(context, state, csrs, product, sums);
      else countedUpdate(context, state, csrs, product, rule as 'deterministic' | 'sign', sums);
    }
  }
  kernels.release(mark);
  disturbCells(context, state, csrs, sequence);
  context.specials.pulses += sums.pulses;
  const { pulses, joules, slots, linePulses, trainBits, halfSelects } = sums;
  return { ...idleActivity, pulses, pulseJoules: joules, pulseSlots: slots, linePulses, trainBits, halfSelects };
}

/**
 * Extremes and scale of each vector: with AUTO_SCALE divided by running means of the largest |x| and |d| (aihwkit, chopped transfer).
 * Scratch.
 */
function vectorScales(
  context: MachineContext,
  state: PulsedGroup,
  csrs: GroupCsrs,
  { x, d }: OuterOperands,
  scale: number,
  n: number,
): Pick<OuterProducts, 'xExtremes' | 'dExtremes' | 'scales'> {
  const { kernels } = context;
  const [xExtremes, dExtremes, scales] = [kernels.allocate(8 * n), kernels.allocate(8 * n), kernels.allocate(8 * n)];
  kernels.rowExtremes(xExtremes, x, n, state.layout.rows);
  kernels.rowExtremes(dExtremes, d, n, state.layout.columns);
  const into = new Float64Array(kernels.memory.buffer, scales, n).fill(scale);
  if (csrs.autoScale === 0) return { xExtremes, dExtremes, scales };
  const means = state.pulsed.scale;
  const kept = vectorMomentum(csrs);
  const next = (mean: number, value: number) => (mean === 0 || value === 0 ? mean + value : kept * mean + (1 - kept) * value);
  const [rowSides, columnSides] = [kernels.f32(xExtremes, 2 * n), kernels.f32(dExtremes, 2 * n)];
  const largest = (sides: Float32Array, vector: number) => Math.max(sides[2 * vector + 1]!, -sides[2 * vector]!);
  for (let vector = 0; vector < n; vector++) {
    means.rows = next(means.rows, largest(rowSides, vector));
    means.columns = next(means.columns, largest(columnSides, vector));
    const spread = means.rows * means.columns;
    into[vector] = spread === 0 ? 0 : (scale * csrs.updateLength * pulseUnit(state, csrs)) / spread;
  }
  return { xExtremes, dExtremes, scales };
}

/** What one vector leaves of the running means: an f32, as a register would hold it. */
const vectorMomentum = ({ autoScale, autoMomentum }: GroupCsrs): number =>
  autoScale === 1 ? autoMomentum : Math.fround(1 - (1 - autoMomentum) / autoScale);

const scaleOf = ({ kernels }: MachineContext, scales: number, vector: number): number =>
  new Float64Array(kernels.memory.buffer, scales + 8 * vector, 1)[0]!;

/** The ideal cell: the outer product itself, clipped to the full scale. Slots are those of the longest trains. */
function exactUpdate(
  context: MachineContext,
  state: PulsedGroup,
  csrs: GroupCsrs,
  operands: OuterOperands,
  { scale, n, rule }: Batch,
): Activity {
  const { kernels } = context;
  const { rows, columns } = state.layout;
  const count = cellCount(state);
  kernels.accumulateOuter(state.pulsed.weights, operands.x, operands.d, n, rows, columns, scale / csrs.weightMax);
  const weights = kernels.f32(state.pulsed.weights, count);
  for (let i = 0; i < count; i++) weights[i] = Math.min(1, Math.max(-1, weights[i]!));
  markPulsed(state);
  const phases = signPhases(csrs, extremes(kernels.f32(operands.x, n * rows)).negative);
  return { ...idleActivity, pulseSlots: new Float64Array(n).fill(phases * (rule === 'amplitude' ? 1 : csrs.updateLength)) };
}

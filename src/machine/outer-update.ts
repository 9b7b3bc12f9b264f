import { type Activity, idleActivity } from '../sequence/activity.ts';
import type { GroupCsrs, IssuedOperation } from '../sequence/issued-operation.ts';
import type { MachineContext } from './context.ts';
import { countedUpdate } from './counted-update.ts';
import { disturbCells } from './disturb.ts';
import { numberOf } from './memory.ts';
import { type PulsedGroup, pulsedGroup } from './pulsable-group.ts';
import { cellCount, markPulsed } from './pulsed-state.ts';
import { extremes, idleUpdate, type OuterProduct, pulseUnit, stochasticUpdate, type UpdateTally } from './stochastic-update.ts';
import { flagOf, functionOf } from './table-functions.ts';
import { trap } from './trap.ts';
import { signPhases } from './update-cost.ts';
import { chopped, type OuterOperands, outerOperands, outerProduct } from './update-operands.ts';

/** OPU: W += scale d x^T by pulses, vector after vector. */
export function outerUpdate(context: MachineContext, op: IssuedOperation): Activity {
  const state = pulsedGroup(context, op);
  const { csrs } = op.group!;
  const rule = functionOf(op);
  if (rule === 'amplitude') throw trap(op, 'amplitude is reserved for a later version; want stochastic, deterministic or sign');
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
  if (state.pulsed.cell.law === 'exact') return exactUpdate(context, state, csrs, { x, d }, scale, n);
  const total = idleUpdate();
  const slots = new Float64Array(n);
  for (let vector = 0; vector < n; vector++) {
    const at = { x: x + 4 * vector * rows, d: d + 4 * vector * columns };
    const product: OuterProduct = { ...at, scale: scaled(context, state, csrs, scale, at), sequence, vector };
    const done =
      rule === 'stochastic' || rule === 'tt1'
        ? stochasticUpdate(context, state, csrs, product)
        : countedUpdate(context, state, csrs, product, rule as 'deterministic' | 'sign');
    slots[vector] = done.slots;
    for (const key of Object.keys(total) as (keyof UpdateTally)[]) total[key] += done[key];
  }
  disturbCells(context, state, csrs, sequence);
  context.specials.pulses += total.pulses;
  const { pulses, joules, linePulses, trainBits, halfSelects } = total;
  return { ...idleActivity, pulses, pulseJoules: joules, pulseSlots: slots, linePulses, trainBits, halfSelects };
}

/** The scale of one vector: with AUTO_SCALE divided by running means of the largest |x| and |d| (aihwkit, chopped transfer). */
function scaled(context: MachineContext, state: PulsedGroup, csrs: GroupCsrs, scale: number, { x, d }: OuterOperands): number {
  if (!csrs.autoScale) return scale;
  const { kernels } = context;
  const means = state.pulsed.scale;
  const next = (mean: number, value: number) => (mean === 0 ? value : csrs.autoMomentum * mean + (1 - csrs.autoMomentum) * value);
  means.rows = next(means.rows, extremes(kernels.f32(x, state.layout.rows)).largest);
  means.columns = next(means.columns, extremes(kernels.f32(d, state.layout.columns)).largest);
  const spread = means.rows * means.columns;
  return spread === 0 ? 0 : (scale * csrs.updateLength * pulseUnit(state, csrs)) / spread;
}

/** The ideal cell: the outer product itself, clipped to the full scale. Slots are those of the longest trains. */
function exactUpdate(
  context: MachineContext,
  state: PulsedGroup,
  csrs: GroupCsrs,
  operands: OuterOperands,
  scale: number,
  n: number,
): Activity {
  const { kernels } = context;
  const { rows, columns } = state.layout;
  const count = cellCount(state);
  const product = outerProduct(context, operands, n, rows, columns);
  kernels.axpy(state.pulsed.weights, product, scale / csrs.weightMax, count);
  const weights = kernels.f32(state.pulsed.weights, count);
  for (let i = 0; i < count; i++) weights[i] = Math.min(1, Math.max(-1, weights[i]!));
  markPulsed(state);
  const phases = signPhases(csrs, extremes(kernels.f32(operands.x, n * rows)).negative);
  return { ...idleActivity, pulseSlots: new Float64Array(n).fill(phases * csrs.updateLength) };
}

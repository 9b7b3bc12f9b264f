import { roundHalfEven } from '../numeric/quantise.ts';
import type { GroupCsrs } from '../sequence/issued-operation.ts';
import type { MachineContext } from './context.ts';
import type { PulsedGroup } from './pulsable-group.ts';
import { beginPulses, endPulses } from './pulse-settings.ts';
import { extremes, type OuterProduct, pulseUnit } from './stochastic-update.ts';
import { planTrains } from './train-plan.ts';
import { signPhases, type UpdateSums } from './update-cost.ts';

/** Pulses of one cell from the firing probabilities of its lines. */
type CountRule = (rowChance: number, columnChance: number) => number;

/**
 * Update of one vector pair with counts that are no chance: `deterministic` gives round(BL p_x p_d) pulses, `sign` one wherever x
 * and d are not 0. Lines count as driven in every slot. Adds to `sums`.
 */
export function countedUpdate(
  context: MachineContext,
  state: PulsedGroup,
  csrs: GroupCsrs,
  product: OuterProduct,
  rule: 'deterministic' | 'sign',
  sums: UpdateSums,
): void {
  const { kernels } = context;
  const { rows, columns } = state.layout;
  const [x, d] = [kernels.f32(product.x, rows).slice(), kernels.f32(product.d, columns).slice()];
  const [rowSide, columnSide] = [extremes(x), extremes(d)];
  const plan = planTrains(csrs, Math.abs(product.scale), pulseUnit(state, csrs), rowSide.largest, columnSide.largest);
  if (plan.length === 0) return;
  const length = rule === 'sign' ? 1 : plan.length;
  const count: CountRule = rule === 'sign' ? () => 1 : (p, q) => roundHalfEven(length * p * q);
  const mark = kernels.mark();
  const countsAt = kernels.allocate(4 * rows * columns);
  const counts = kernels.i32(countsAt, rows * columns);
  for (let r = 0; r < rows; r++) {
    if (x[r] === 0) continue;
    const p = Math.min(1, plan.rowFactor * Math.abs(x[r]!));
    for (let c = 0; c < columns; c++) {
      if (d[c] === 0) continue;
      const up = x[r]! * d[c]! * product.scale > 0;
      const pulses = count(p, Math.min(1, plan.columnFactor * Math.abs(d[c]!)));
      counts[r * columns + c] = up ? pulses : -pulses;
    }
  }
  const settings = beginPulses(context, state, product.sequence, product.vector);
  kernels.pulseCounts(settings, countsAt, 0, 0, rows, columns);
  kernels.release(mark);
  const { pulses, joules } = endPulses(context, state);
  const phases = signPhases(csrs, rowSide.negative);
  const copies = state.shape.replicas;
  const driven = (values: Float32Array) => values.reduce((sum, value) => sum + (value === 0 ? 0 : 1), 0);
  const { rowSpans, columnSpans } = state.layout;
  sums.slots[product.vector] = phases * length;
  sums.pulses += copies * pulses;
  sums.joules += copies * joules;
  sums.linePulses += copies * length * (driven(x) * columnSpans.length + driven(d) * rowSpans.length);
}

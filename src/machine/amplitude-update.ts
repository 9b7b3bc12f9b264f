import type { GroupCsrs } from '../sequence/issued-operation.ts';
import type { MachineContext } from './context.ts';
import { disturbs, noteHalfSelects } from './disturb.ts';
import type { PulsedGroup } from './pulsable-group.ts';
import { beginPulses, endPulses, type WriteDrop } from './pulse-settings.ts';
import { extremes, type OuterProduct, pulseUnit } from './stochastic-update.ts';
import { planTrains } from './train-plan.ts';
import { addFirings, type FiredLines, signPhases, type UpdateSums } from './update-cost.ts';
import { dropTable, voltageOfStep, writeDrop } from './write-drop.ts';

/** Below half of the pulse voltage a cell is only half-selected: it makes no step. */
const mostLost = 0.5;

/** Every line with a value other than 0, driven once. */
function drivenLines(values: Float32Array): FiredLines {
  const lines = Int32Array.from([...values.keys()].filter((line) => values[line] !== 0));
  const signs = lines.map((line) => (values[line]! < 0 ? 1 : 0));
  return { count: lines.length, lines, signs, bits: new Int32Array(lines.length).fill(1), stride: lines.length };
}

/** Voltage that a line leaves out so that it alone would make `factor` |value| of a step, as fractions of the pulse voltage. */
function addLosses(into: Float32Array, values: Float32Array, factor: number): void {
  for (let line = 0; line < values.length; line++)
    into[line] = into[line]! + 1 - voltageOfStep(Math.min(1, factor * Math.abs(values[line]!)));
}

/** IR drop of the driven lines under WRITE_DROP, else none, and the step that a voltage leaves. */
function drops(context: MachineContext, state: PulsedGroup, csrs: GroupCsrs, rows: FiredLines, columns: FiredLines): WriteDrop {
  if (csrs.writeDrop) return writeDrop(context, state, rows, columns, 1, csrs.lineLimit);
  const { kernels } = context;
  const side = (lines: number): number => {
    const at = kernels.allocate(4 * lines);
    kernels.f32(at, lines).fill(0);
    return at;
  };
  return { rows: side(state.layout.rows), columns: side(state.layout.columns), table: dropTable(kernels) };
}

/**
 * Update of one vector pair with one pulse a cell, whose voltage codes its size: the lines of x and d each leave out the voltage that
 * would leave p(x) and p(d) of a step (the law of WRITE_DROP), and a cell sees what both leave. With a step exponential in voltage that is
 * p(x) p(d) of a step; the cell's law is steeper at low voltage, so small products come out smaller. The largest product is one step. Adds to `sums`.
 */
export function amplitudeUpdate(
  context: MachineContext,
  state: PulsedGroup,
  csrs: GroupCsrs,
  product: OuterProduct,
  sums: UpdateSums,
): void {
  const { kernels } = context;
  const { rows, columns } = state.layout;
  const [x, d] = [kernels.f32(product.x, rows).slice(), kernels.f32(product.d, columns).slice()];
  const [rowSide, columnSide] = [extremes(x), extremes(d)];
  const single = { ...csrs, updateLength: 1 };
  const plan = planTrains(single, Math.abs(product.scale), pulseUnit(state, csrs), rowSide.largest, columnSide.largest);
  if (plan.length === 0) return;
  const [rowLines, columnLines] = [drivenLines(x), drivenLines(d)];
  const mark = kernels.mark();
  const drop = drops(context, state, csrs, rowLines, columnLines);
  const countsAt = kernels.allocate(4 * rows * columns);
  // views are taken after the last allocation, which may have grown the memory
  const [rowLost, columnLost] = [kernels.f32(drop.rows, rows), kernels.f32(drop.columns, columns)];
  addLosses(rowLost, x, plan.rowFactor);
  addLosses(columnLost, d, plan.columnFactor);
  const counts = kernels.i32(countsAt, rows * columns).fill(0);
  let [squares, pulsed] = [0, 0];
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      const lost = rowLost[r]! + columnLost[c]!;
      if (x[r] === 0 || d[c] === 0 || lost >= mostLost) continue;
      counts[r * columns + c] = x[r]! * d[c]! * product.scale > 0 ? 1 : -1;
      squares += (1 - lost) ** 2;
      pulsed++;
    }
  }
  kernels.pulseCounts(beginPulses(context, state, product.sequence, product.vector, drop), countsAt, 0, 0, rows, columns);
  kernels.release(mark);
  const { pulses, joules } = endPulses(context, state);
  const phases = signPhases(csrs, rowSide.negative);
  const fired = { length: 1, rowFirings: rowLines.count, columnFirings: columnLines.count, pulses };
  // heat goes with the square of the voltage that is left
  const heat = pulsed === 0 ? 0 : (joules * squares) / pulsed;
  addFirings(sums, product.vector, state, csrs, fired, phases, heat, [rowLines, columnLines]);
  if (disturbs(state, csrs)) noteHalfSelects(state, rowLines, columnLines, 1, phases);
}

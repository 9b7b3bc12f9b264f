import type { MachineContext } from './context.ts';
import { rowSteps } from './program-steps.ts';
import type { PulsedGroup } from './pulsable-group.ts';
import { beginPulses, endPulses } from './pulse-settings.ts';
import { markPulsed } from './pulsed-state.ts';

/** Signed pulse counts, i32 row-major in kernel memory, for the cells from (row0, column0) on. */
export interface CountBox {
  readonly row0: number;
  readonly column0: number;
  readonly rows: number;
  readonly columns: number;
  readonly counts: number;
}

export interface CountTally {
  readonly pulses: number;
  readonly pulseJoules: number;
  /** Serial slots of the slowest tile. */
  readonly slots: number;
  readonly linePulses: number;
}

/** Applies counts; noise is addressed by (sequence, vector). The exact cell moves by its granularity per pulse. */
export function applyCounts(
  context: MachineContext,
  state: PulsedGroup,
  box: CountBox,
  sequence: number,
  vector: number,
): CountTally {
  const { kernels } = context;
  const tally = countSlots(context, state, box);
  const copies = state.shape.replicas;
  if (state.pulsed.cell.law === 'exact') {
    const pulses = stepExactly(context, state, box);
    return { ...tally, pulses: copies * pulses, pulseJoules: 0 };
  }
  const settings = beginPulses(context, state, sequence, vector);
  kernels.pulseCounts(settings, box.counts, box.row0, box.column0, box.rows, box.columns);
  const { pulses, joules } = endPulses(context, state);
  return { ...tally, pulses: copies * pulses, pulseJoules: copies * joules };
}

function stepExactly(context: MachineContext, state: PulsedGroup, { row0, column0, rows, columns, counts }: CountBox): number {
  const { kernels } = context;
  const { layout, pulsed } = state;
  const weights = kernels.f32(pulsed.weights, layout.rows * layout.columns);
  const given = kernels.i32(counts, rows * columns);
  let pulses = 0;
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      const at = (row0 + r) * layout.columns + column0 + c;
      const count = given[r * columns + c]!;
      pulses += Math.abs(count);
      weights[at] = Math.min(1, Math.max(-1, weights[at]! + count * pulsed.cell.granularity));
    }
  }
  markPulsed(state);
  return pulses;
}

/** Row after row, each in runs of `parallelWrites` bit lines: the largest up count, then the largest down count. */
function countSlots(context: MachineContext, state: PulsedGroup, box: CountBox): Pick<CountTally, 'slots' | 'linePulses'> {
  const counts = context.kernels.i32(box.counts, box.rows * box.columns);
  const { parallelWrites } = context.chip.tile.array;
  const { rowSpans, columnSpans } = state.layout;
  let [slots, linePulses] = [0, 0];
  for (const rows of rowSpans) {
    for (const columns of columnSpans) {
      let tile = 0;
      const [from, to] = [Math.max(rows.start, box.row0), Math.min(rows.start + rows.length, box.row0 + box.rows)];
      const [left, right] = [
        Math.max(columns.start, box.column0) - box.column0,
        Math.min(columns.start + columns.length, box.column0 + box.columns) - box.column0,
      ];
      for (let row = from; row < to; row++) {
        const line = Array.from(counts.subarray((row - box.row0) * box.columns + left, (row - box.row0) * box.columns + right));
        const steps =
          rowSteps(
            line.map((count) => Math.max(0, count)),
            parallelWrites,
          ) +
          rowSteps(
            line.map((count) => Math.max(0, -count)),
            parallelWrites,
          );
        tile += steps;
        linePulses += steps + line.reduce((sum, count) => sum + Math.abs(count), 0);
      }
      slots = Math.max(slots, tile);
    }
  }
  return { slots, linePulses: linePulses * state.shape.replicas };
}

import type { MachineContext } from './context.ts';
import type { Span } from './group-layout.ts';
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
  const { slots, linePulses, rows } = countSlots(context, state, box);
  const copies = state.shape.replicas;
  // a bit line is driven for every pulse of its cell, the word line for every slot
  const tally = (pulses: number) => ({ slots, linePulses: copies * (linePulses + pulses), pulses: copies * pulses });
  if (state.pulsed.cell.law === 'exact') return { ...tally(stepExactly(context, state, box, rows)), pulseJoules: 0 };
  const settings = beginPulses(context, state, sequence, vector);
  kernels.pulseCounts(settings, box.counts, box.row0, box.column0, box.rows, box.columns);
  const { pulses, joules } = endPulses(context, state, rows);
  return { ...tally(pulses), pulseJoules: copies * joules };
}

function stepExactly(
  context: MachineContext,
  state: PulsedGroup,
  { row0, column0, rows, columns, counts }: CountBox,
  touched: readonly number[],
): number {
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
  markPulsed(state, touched);
  return pulses;
}

/**
 * Row after row, each in runs of `parallelWrites` bit lines: the largest up count, then the largest down count. Also the rows that any
 * count touches.
 */
function countSlots(
  context: MachineContext,
  state: PulsedGroup,
  box: CountBox,
): Pick<CountTally, 'slots' | 'linePulses'> & { readonly rows: readonly number[] } {
  const { kernels } = context;
  const mark = kernels.mark();
  const touched = kernels.allocate(box.rows);
  const { parallelWrites } = context.chip.tile.array;
  const { rowSpans, columnSpans } = state.layout;
  let [slots, linePulses] = [0, 0];
  for (const rows of rowSpans) {
    const [from, to] = overlap(rows, box.row0, box.rows);
    for (const columns of columnSpans) {
      const [left, right] = overlap(columns, box.column0, box.columns);
      if (from >= to || left >= right) continue;
      const counts = box.counts + 4 * (from * box.columns + left);
      const tile = kernels.serialSlots(counts, box.columns, to - from, right - left, parallelWrites, touched + from);
      slots = Math.max(slots, tile);
      linePulses += tile;
    }
  }
  const lines: number[] = [];
  for (const [row, any] of kernels.u8(touched, box.rows).entries()) if (any === 1) lines.push(box.row0 + row);
  kernels.release(mark);
  return { slots, linePulses, rows: lines };
}

/** Part of a span that `length` lines from `first` cover, counted from `first`. */
const overlap = ({ start, length: lines }: Span, first: number, length: number): readonly [from: number, to: number] => [
  Math.max(start, first) - first,
  Math.min(start + lines, first + length) - first,
];

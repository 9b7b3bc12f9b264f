import type { GroupCsrs } from '../sequence/issued-operation.ts';
import type { Span } from './group-layout.ts';
import type { GroupState } from './state.ts';

/** Trains of the lines that fire: index, sign (0 or 1) and words of 32 slots, word by word `stride` apart. */
export interface FiredLines {
  readonly count: number;
  readonly lines: Int32Array;
  readonly signs: Int32Array;
  readonly bits: Int32Array;
  readonly stride: number;
}

/** What an update costs beside the heat of the cells it pulses. */
export interface UpdateCost {
  readonly slots: number;
  readonly linePulses: number;
  readonly halfSelects: number;
}

/** Sign phases an update takes: pulses of one polarity at a time, rows of one sign at a time. */
export function signPhases({ updatePhases }: GroupCsrs, anyNegativeRow: boolean): number {
  if (updatePhases !== 0) return updatePhases;
  return anyNegativeRow ? 4 : 2;
}

export function popcount(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Slots in which lines fire, all lines. */
export function firings({ count, bits, stride }: FiredLines, words: number): number {
  let sum = 0;
  for (let word = 0; word < words; word++) for (let i = 0; i < count; i++) sum += popcount(bits[word * stride + i]!);
  return sum;
}

/** Lines of one sign that fire in each slot, within a span of lines. */
function firedPerSlot(fired: FiredLines, sign: number | undefined, span: Span, length: number): Int32Array {
  const counts = new Int32Array(length);
  for (let i = 0; i < fired.count; i++) {
    const line = fired.lines[i]!;
    if (line < span.start || line >= span.start + span.length) continue;
    if (sign !== undefined && fired.signs[i] !== sign) continue;
    for (let slot = 0; slot < length; slot++)
      counts[slot] = counts[slot]! + ((fired.bits[(slot >> 5) * fired.stride + i]! >>> (slot & 31)) & 1);
  }
  return counts;
}

/** Slots of one tile when a line may select `limit` cells at a time: rows and columns take turns in groups of `limit`. */
function limitedSlots(
  rows: FiredLines,
  columns: FiredLines,
  spans: readonly [Span, Span],
  length: number,
  phases: number,
  limit: number,
) {
  let slots = 0;
  for (const rowSign of phases === 4 ? [0, 1] : [undefined]) {
    for (const columnSign of phases >= 2 ? [0, 1] : [undefined]) {
      const perRow = firedPerSlot(rows, rowSign, spans[0], length);
      const perColumn = firedPerSlot(columns, columnSign, spans[1], length);
      for (let slot = 0; slot < length; slot++)
        slots += Math.max(1, Math.ceil(perRow[slot]! / limit)) * Math.max(1, Math.ceil(perColumn[slot]! / limit));
    }
  }
  return slots;
}

/** Length of the trains of a vector, slots in which its lines fire, and the pulses that came of it. */
export interface Firings {
  readonly length: number;
  readonly rowFirings: number;
  readonly columnFirings: number;
  readonly pulses: number;
}

/**
 * Slots of the slowest tile, activations of lines and half-selected cells of one vector. A row fires in the phases of both column
 * signs; a column in those of both row signs where there are four. `trains` are needed where the current of lines is limited.
 */
export function updateCost(
  state: GroupState,
  csrs: GroupCsrs,
  { length, rowFirings, columnFirings, pulses }: Firings,
  phases: number,
  trains: readonly [rows: FiredLines, columns: FiredLines] | undefined,
): UpdateCost {
  const { rowSpans, columnSpans } = state.layout;
  const rowPulses = rowFirings * (phases >= 2 ? 2 : 1);
  const columnPulses = columnFirings * (phases === 4 ? 2 : 1);
  let slots = phases * length;
  if (csrs.lineLimit > 0) {
    slots = 0;
    for (const r of rowSpans)
      for (const c of columnSpans) slots = Math.max(slots, limitedSlots(...trains!, [r, c], length, phases, csrs.lineLimit));
  }
  const copies = state.shape.replicas;
  const touched = state.layout.columns * rowPulses + state.layout.rows * columnPulses - 2 * pulses;
  return {
    slots,
    linePulses: copies * (rowPulses * columnSpans.length + columnPulses * rowSpans.length),
    halfSelects: csrs.updateScheme === 'half-v' ? copies * Math.max(0, touched) : 0,
  };
}

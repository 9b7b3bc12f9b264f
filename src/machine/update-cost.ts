import type { GroupCsrs } from '../sequence/issued-operation.ts';
import type { Span } from './group-layout.ts';
import type { PulsedGroup } from './pulsable-group.ts';

/** Trains of the lines that fire: index, sign (0 or 1) and words of 32 slots, word by word `stride` apart. */
export interface FiredLines {
  readonly count: number;
  readonly lines: Int32Array;
  readonly signs: Int32Array;
  readonly bits: Int32Array;
  readonly stride: number;
}

/** What the vectors of an update did together; the slots of each apart. */
export interface UpdateSums {
  readonly slots: Float64Array;
  pulses: number;
  joules: number;
  linePulses: number;
  trainBits: number;
  halfSelects: number;
}

export const noUpdates = (n: number): UpdateSums => ({
  slots: new Float64Array(n),
  pulses: 0,
  joules: 0,
  linePulses: 0,
  trainBits: 0,
  halfSelects: 0,
});

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
 * Adds what the firing lines of one vector cost: slots of the slowest tile, activations of lines, half-selected cells and heat, `joules` being that
 * of the pulsed cells of one replica. A row fires in the phases of both column signs; a column in those of both row signs where there
 * are four. `trains` are needed where the current of lines is limited. Replicas do the same once more, half-selected cells included.
 */
export function addFirings(
  sums: UpdateSums,
  vector: number,
  { layout, shape, pulsed }: PulsedGroup,
  csrs: GroupCsrs,
  { length, rowFirings, columnFirings, pulses }: Firings,
  phases: number,
  joules: number,
  trains: readonly [rows: FiredLines, columns: FiredLines] | undefined,
): void {
  const { rows, columns, rowSpans, columnSpans } = layout;
  const copies = shape.replicas;
  const rowPulses = rowFirings * (phases >= 2 ? 2 : 1);
  const columnPulses = columnFirings * (phases === 4 ? 2 : 1);
  const touched = columns * rowPulses + rows * columnPulses - 2 * pulses;
  const halfSelects = csrs.updateScheme === 'half-v' ? copies * Math.max(0, touched) : 0;
  sums.slots[vector] =
    csrs.lineLimit > 0 ? slowestTile(rowSpans, columnSpans, length, phases, csrs.lineLimit, trains!) : phases * length;
  sums.pulses += copies * pulses;
  sums.joules += copies * joules + halfSelects * pulsed.cell.halfJoules;
  sums.linePulses += copies * (rowPulses * columnSpans.length + columnPulses * rowSpans.length);
  sums.halfSelects += halfSelects;
}

function slowestTile(
  rowSpans: readonly Span[],
  columnSpans: readonly Span[],
  length: number,
  phases: number,
  limit: number,
  trains: readonly [rows: FiredLines, columns: FiredLines],
): number {
  let slots = 0;
  for (const r of rowSpans)
    for (const c of columnSpans) slots = Math.max(slots, limitedSlots(...trains, [r, c], length, phases, limit));
  return slots;
}

import { cellRecord } from '../device/pulsed/cell-record.ts';
import type { Disturb } from '../device/pulsed/pulsed-cell.ts';
import { purposes } from '../numeric/purposes.ts';
import type { GroupCsrs } from '../sequence/issued-operation.ts';
import type { MachineContext } from './context.ts';
import type { PulsedGroup } from './pulsable-group.ts';
import { updateKey } from './pulse-settings.ts';
import { cellCount, markPulsed } from './pulsed-state.ts';
import { type FiredLines, popcount } from './update-cost.ts';

/** Drift below this part of the range waits until more half-voltage pulses have come together. */
const worthwhile = 2 ** -20;

/** Do half-selected cells of this group drift? */
export const disturbs = (state: PulsedGroup, csrs: GroupCsrs): boolean =>
  csrs.disturb && csrs.updateScheme === 'half-v' && state.pulsed.cell.disturb !== undefined;

/** The chip may set another ratio than the device has, the same both ways and without spread. */
function disturbOf({ chip }: MachineContext, { pulsed }: PulsedGroup): Disturb | undefined {
  const ratio = chip.tile.array.disturbRatio;
  return ratio > 0 && pulsed.cell.disturb !== undefined ? { up: ratio, down: ratio, spread: 0 } : pulsed.cell.disturb;
}

function count(
  into: Float64Array,
  { count: lines, lines: names, bits, stride }: FiredLines,
  words: number,
  phases: number,
): number {
  let most = 0;
  for (let i = 0; i < lines; i++) {
    let fired = 0;
    for (let word = 0; word < words; word++) fired += popcount(bits[word * stride + i]!);
    into[names[i]!] = into[names[i]!]! + phases * fired;
    most = Math.max(most, phases * fired);
  }
  return most;
}

/** Counts the half-voltage pulses of an update on its lines; `phases` as in addFirings. */
export function noteHalfSelects(state: PulsedGroup, rows: FiredLines, columns: FiredLines, length: number, phases: number): void {
  const { half } = state.pulsed;
  const words = Math.ceil(length / 32);
  half.most += count(half.rows, rows, words, phases >= 2 ? 2 : 1) + count(half.columns, columns, words, phases === 4 ? 2 : 1);
}

/** State after half-voltage pulses: `up` and `down` are what they leave of the distances to the upper and the lower bound. */
export const disturbed = (x: number, low: number, high: number, up: number, down: number): number =>
  low + (high - (high - x) * up - low) * down;

/** What n half-voltage pulses leave of the distance to a bound: (1 - k alpha / |bound|)^n. */
export const remaining = (k: number, alpha: number, bound: number, n: number): number =>
  bound === 0 ? 1 : (1 - (k * alpha) / Math.abs(bound)) ** n;

/**
 * Lets every cell drift by the half-voltage pulses its lines have seen since the last time, without those that were coincidences; half of
 * them are of each polarity. Waits until the most driven cell would drift by a part in 2^20 of the range.
 */
export function disturbCells(context: MachineContext, state: PulsedGroup, csrs: GroupCsrs, sequence: number): void {
  const { pulsed } = state;
  const disturb = disturbOf(context, state);
  if (disturb === undefined || !disturbs(state, csrs)) return;
  const strongest = Math.max(disturb.up, disturb.down, disturb.spread);
  if (pulsed.half.most * strongest * pulsed.cell.granularity < worthwhile) return;
  const { kernels } = context;
  const { rows, columns } = state.layout;
  const cells = cellCount(state);
  const mark = kernels.mark();
  const noiseAt = kernels.allocate(4 * cells);
  if (disturb.spread > 0) {
    const { key0, key1 } = updateKey(context, purposes.pulse);
    kernels.normalGrid(noiseAt, rows, columns, columns, 0, 0, key0, key1, ~state.shape.id, sequence);
  }
  const truth = pulsed.persistent === 0 ? pulsed.weights : pulsed.persistent;
  const [weights, records, noise] = [
    kernels.f32(truth, cells),
    kernels.f32(pulsed.records, cellRecord.floats * cells),
    kernels.f32(noiseAt, cells),
  ];
  const { half } = pulsed;
  for (let i = 0; i < cells; i++) {
    const at = cellRecord.floats * i;
    const coincidences = records[at + cellRecord.pulses]! - half.pulses[i]!;
    const each = Math.max(0, half.rows[Math.floor(i / columns)]! + half.columns[i % columns]! - 2 * coincidences) / 2;
    half.pulses[i] = records[at + cellRecord.pulses]!;
    if (each === 0) continue;
    const [high, low] = [records[at + cellRecord.upper]!, records[at + cellRecord.lower]!];
    const [alphaUp, alphaDown] = [records[at + cellRecord.alphaUp]!, records[at + cellRecord.alphaDown]!];
    const reference = records[at + cellRecord.reference]!;
    const [up, down] = [remaining(disturb.up, alphaUp, high, each), remaining(disturb.down, alphaDown, low, each)];
    const spread = disturb.spread * ((alphaUp + alphaDown) / 2) * Math.sqrt(2 * each) * noise[i]!;
    const x = disturbed(weights[i]! + reference, low, high, up, down) + spread;
    weights[i] = Math.min(high, Math.max(low, x)) - reference;
  }
  half.rows.fill(0);
  half.columns.fill(0);
  half.most = 0;
  if (truth !== pulsed.weights) kernels.f32(pulsed.weights, cells).set(kernels.f32(truth, cells));
  kernels.release(mark);
  markPulsed(state);
}

import { philox } from '../numeric/philox.ts';
import { purposes } from '../numeric/purposes.ts';
import type { GroupCsrs } from '../sequence/issued-operation.ts';
import type { MachineContext } from './context.ts';
import type { PulsedGroup } from './pulsable-group.ts';
import { updateKey } from './pulse-settings.ts';

/** One row during its transfer; arrays of `columns`. */
export interface TransferredRow {
  readonly read: Float32Array;
  readonly buffer: Float32Array;
  /** tt4: running mean of the reads and the reference it left at the last change of sign. */
  readonly mean: Float32Array | undefined;
  readonly past: Float32Array | undefined;
  /** Out: signed pulses. */
  readonly counts: Int32Array;
  readonly line: number;
}

/** tt4: reads of a chopper half-period, S = max(ceil(1 / p), 2) (aihwkit rpu_dynamic_transfer_device.cpp). */
export const chopperPeriod = (probability: number): number =>
  probability > 0 ? Math.max(Math.ceil(1 / probability), 2) : Number.POSITIVE_INFINITY;

/**
 * The digital part of a transfer: H += rate c v (tt4: c (v - P)), n = clip(trunc(H / threshold)), what was emitted leaves H, and tt4's
 * running mean. Source: Gokmen and Haensch 2020; Gokmen 2021; Rasch et al. 2024; aihwkit rpu_*_transfer_device.cpp.
 */
export function transferRow(source: PulsedGroup, csrs: GroupCsrs, rule: 'tt2' | 'tt3' | 'tt4', row: TransferredRow): void {
  const { transfer } = source.pulsed;
  const { read, buffer, mean, past, counts, line } = row;
  const { transferRate, transferThreshold, transferLength, transferMomentum, transferForget } = csrs;
  const period = chopperPeriod(csrs.chopProbability);
  if (rule === 'tt4' && transfer.switched[line] === 1) past!.set(mean!);
  transfer.switched[line] = 0;
  const rowSign = rule === 'tt2' ? 1 : transfer.rowSigns[line]!;
  const beta = Math.min(csrs.tailWeight / period, 1);
  const mute = rule === 'tt4' && transfer.sweeps <= period && Number.isFinite(period);
  for (let c = 0; c < buffer.length; c++) {
    const value = read[c]!;
    const sign = rule === 'tt2' ? 1 : rowSign * transfer.columnSigns[c]!;
    buffer[c] = buffer[c]! + transferRate * sign * (rule === 'tt4' ? value - past![c]! : value);
    const n = Math.min(transferLength, Math.max(-transferLength, Math.trunc(buffer[c]! / transferThreshold)));
    if (n !== 0) {
      if (transferForget) buffer[c] = buffer[c]! * transferMomentum;
      else buffer[c] = buffer[c]! - (1 - transferMomentum) * n * transferThreshold;
    }
    counts[c] = mute ? 0 : n;
    if (rule === 'tt4') mean![c] = (1 - beta) * mean![c]! + beta * value;
  }
}

/** Chopper signs after the transfer of a row, and the end of a sweep. */
export function finishRow(
  context: MachineContext,
  source: PulsedGroup,
  csrs: GroupCsrs,
  rule: 'tt2' | 'tt3' | 'tt4',
  line: number,
  sequence: number,
): void {
  const { transfer } = source.pulsed;
  const { rows } = source.layout;
  const { key0, key1 } = updateKey(context, purposes.choppers);
  const chance = (index: number, side: number) => philox(key0, key1, index, side, sequence, source.shape.id)[0] / 2 ** 32;
  if (rule === 'tt3' && chance(line, 0) < csrs.chopProbability) transfer.rowSigns[line] = -transfer.rowSigns[line]!;
  const period = chopperPeriod(csrs.chopProbability);
  if (rule === 'tt4' && (transfer.sweeps % period) + 1 === period) {
    transfer.rowSigns[line] = -transfer.rowSigns[line]!;
    transfer.switched[line] = 1;
  }
  if (line !== rows - 1) return;
  transfer.sweeps++;
  if (rule === 'tt2' || csrs.chopOutProbability === 0) return;
  for (let c = 0; c < transfer.columnSigns.length; c++)
    if (chance(c, 1) < csrs.chopOutProbability) transfer.columnSigns[c] = -transfer.columnSigns[c]!;
}

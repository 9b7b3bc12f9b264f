import { cellRecord } from '../device/pulsed/cell-record.ts';
import type { MachineContext } from './context.ts';
import { cellCount } from './pulsed-state.ts';

/** Wear of a group's pulsed cells. */
export interface Endurance {
  readonly cells: number;
  readonly meanPulses: number;
  readonly maxPulses: number;
}

/** Pulses per cell of a programmed group, programming included; RangeError for another group. */
export function enduranceOf(context: MachineContext, groupId: number): Endurance {
  const state = context.groups.get(groupId);
  if (state === undefined) throw new RangeError(`group is ${groupId}; want one that PRG has programmed`);
  const cells = cellCount(state);
  const { pulsed } = state;
  if (pulsed === undefined || pulsed.cell.law === 'exact') return { cells, meanPulses: 0, maxPulses: 0 };
  const records = context.kernels.f32(pulsed.records, cellRecord.floats * cells);
  let [sum, most] = [0, 0];
  for (let i = 0; i < cells; i++) {
    const pulses = records[cellRecord.floats * i + cellRecord.pulses]!;
    sum += pulses;
    most = Math.max(most, pulses);
  }
  return { cells, meanPulses: sum / cells, maxPulses: most };
}

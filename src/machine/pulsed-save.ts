import { cellRecord } from '../device/pulsed/cell-record.ts';
import type { MachineContext } from './context.ts';
import { cellCount, createPulsedState, markPulsed } from './pulsed-state.ts';
import type { GroupState, PulsedState } from './state.ts';

/** Pulsed cells of a saved group. */
export interface PulsedSave {
  readonly weights: Float32Array;
  readonly persistent: Float32Array;
  readonly references: Float32Array;
  readonly records: Float32Array;
  readonly rowSigns: Float32Array;
  readonly columnSigns: Float32Array;
  readonly switched: Uint8Array;
  readonly sweeps: number;
  readonly scale: { readonly rows: number; readonly columns: number };
  readonly half: {
    readonly rows: Float64Array;
    readonly columns: Float64Array;
    readonly pulses: Float32Array;
    readonly most: number;
  };
  readonly shifted: boolean;
}

/** Views of the arrays in kernel memory, by name. */
function arrays(context: MachineContext, state: GroupState, pulsed: PulsedState) {
  const { kernels } = context;
  const count = cellCount(state);
  return {
    weights: kernels.f32(pulsed.weights, count),
    persistent: kernels.f32(pulsed.persistent, pulsed.persistent === 0 ? 0 : count),
    references: kernels.f32(pulsed.references, count),
    records: kernels.f32(pulsed.records, pulsed.cell.law === 'exact' ? 0 : cellRecord.floats * count),
  };
}

export function savePulsed(context: MachineContext, state: GroupState): PulsedSave {
  const pulsed = state.pulsed!;
  const { weights, persistent, references, records } = arrays(context, state, pulsed);
  const { transfer, half } = pulsed;
  return {
    weights: weights.slice(),
    persistent: persistent.slice(),
    references: references.slice(),
    records: records.slice(),
    rowSigns: transfer.rowSigns.slice(),
    columnSigns: transfer.columnSigns.slice(),
    switched: transfer.switched.slice(),
    sweeps: transfer.sweeps,
    scale: { ...pulsed.scale },
    half: { rows: half.rows.slice(), columns: half.columns.slice(), pulses: half.pulses.slice(), most: half.most },
    shifted: pulsed.shifted,
  };
}

/** Puts pulsed cells back; RangeError where the device of the machine has no pulses. */
export function restorePulsed(context: MachineContext, state: GroupState, saved: PulsedSave): void {
  const cell = context.device.pulsed;
  if (cell === undefined) throw new RangeError(`device is ${context.device.kind}; want one with a pulse response`);
  state.pulsed ??= createPulsedState(context, state, cell);
  const { pulsed } = state;
  const into = arrays(context, state, pulsed);
  into.weights.set(saved.weights);
  into.persistent.set(saved.persistent);
  into.references.set(saved.references);
  into.records.set(saved.records);
  pulsed.transfer.rowSigns.set(saved.rowSigns);
  pulsed.transfer.columnSigns.set(saved.columnSigns);
  pulsed.transfer.switched.set(saved.switched);
  pulsed.transfer.sweeps = saved.sweeps;
  Object.assign(pulsed.scale, saved.scale);
  pulsed.half.rows.set(saved.half.rows);
  pulsed.half.columns.set(saved.half.columns);
  pulsed.half.pulses.set(saved.half.pulses);
  pulsed.half.most = saved.half.most;
  pulsed.shifted = saved.shifted;
  pulsed.idleRows = pulsed.idleColumns = undefined;
  markPulsed(state);
}

import type { Kernels } from '../numeric/kernels.ts';
import type { MachineContext } from './context.ts';
import type { Span } from './group-layout.ts';
import type { PulsedGroup } from './pulsable-group.ts';
import type { WriteDrop } from './pulse-settings.ts';
import { type FiredLines, firings } from './update-cost.ts';

/**
 * Part of a full step that a pulse of V / V_s makes, at the symmetry point of the CMO/HfOx compact model under +1.4 V
 * (IBM Analog_ReRAM_Training_Simulator, integrated); ln r is interpolated linearly.
 */
const measured: readonly (readonly [number, number])[] = [
  [0.5, 2.1e-8],
  [0.6, 2.4e-6],
  [0.7, 1.6e-4],
  [0.75, 1e-3],
  [0.8, 5.4e-3],
  [0.85, 2.5e-2],
  [0.9, 9.6e-2],
  [0.95, 0.33],
  [1, 1],
];

/** Step left at a fraction of the pulse voltage. */
export function stepAtVoltage(fraction: number): number {
  const v = Math.min(1, Math.max(0.5, fraction));
  const next = Math.max(
    1,
    measured.findIndex(([at]) => at >= v),
  );
  const [[v0, r0], [v1, r1]] = [measured[next - 1]!, measured[next]!];
  return Math.exp(Math.log(r0) + ((v - v0) / (v1 - v0)) * (Math.log(r1) - Math.log(r0)));
}

/** Fraction of the pulse voltage that leaves `step` of a full step: the inverse of `stepAtVoltage`, at least 0.5. */
export function voltageOfStep(step: number): number {
  const [lowest] = measured;
  if (!(step > lowest![1])) return lowest![0];
  const next = Math.max(
    1,
    measured.findIndex(([, left]) => left >= step),
  );
  const [[v0, r0], [v1, r1]] = [measured[next - 1]!, measured[next]!];
  return v0 + ((v1 - v0) * (Math.log(step) - Math.log(r0))) / (Math.log(r1) - Math.log(r0));
}

/** Entries of the table the kernel interpolates, from half the voltage to all of it. */
export const dropEntries = 65;

/** The table in scratch: the caller holds a mark. */
export function dropTable(kernels: Kernels): number {
  const at = kernels.allocate(4 * dropEntries);
  const entries = kernels.f32(at, dropEntries);
  for (let i = 0; i < dropEntries; i++) entries[i] = stepAtVoltage(0.5 + i / (2 * (dropEntries - 1)));
  return at;
}

/**
 * Fraction of the pulse voltage lost along a wire with `selected` cells spread evenly over its `length`, at cell i:
 * R I selected length (u - u^2 / 2), u = (i + 1) / length.
 */
function alongWire(
  out: Float32Array,
  spans: readonly Span[],
  selected: number,
  ohmPerCell: number,
  ampere: number,
  volt: number,
): void {
  for (const { start, length } of spans) {
    for (let i = 0; i < length; i++) {
      const u = (i + 1) / length;
      out[start + i] = (ohmPerCell * ampere * selected * length * (u - (u * u) / 2)) / volt;
    }
  }
}

/**
 * Voltage lost on both lines of every cell in the mean slot of an update. Cell current is that of the middle of the window at pulse
 * voltage; lines that fire are taken to be spread evenly, half of them of each sign.
 */
export function writeDrop(
  context: MachineContext,
  state: PulsedGroup,
  rowTrains: FiredLines,
  columnTrains: FiredLines,
  slots: number,
  lineLimit: number,
): WriteDrop {
  const { kernels, device, chip } = context;
  const { rows, columns, rowSpans, columnSpans } = state.layout;
  const words = Math.ceil(slots / 32);
  const limit = lineLimit > 0 ? lineLimit : Number.POSITIVE_INFINITY;
  const perSlot = (trains: FiredLines, blocks: number) => Math.min(limit, firings(trains, words) / slots / blocks / 2);
  const { pulseV } = state.pulsed.cell;
  const ampere = device.pulseJoules(state.map.middleS) / (pulseV * device.pulseSeconds);
  const [rowsAt, columnsAt, table] = [kernels.allocate(4 * rows), kernels.allocate(4 * columns), dropTable(kernels)];
  const { lineOhmPerCell } = chip.tile.array;
  const [selectedRows, selectedColumns] = [perSlot(rowTrains, rowSpans.length), perSlot(columnTrains, columnSpans.length)];
  alongWire(kernels.f32(rowsAt, rows), rowSpans, selectedRows, lineOhmPerCell, ampere, pulseV);
  alongWire(kernels.f32(columnsAt, columns), columnSpans, selectedColumns, lineOhmPerCell, ampere, pulseV);
  return { rows: rowsAt, columns: columnsAt, table };
}

import { cellRecord } from '../device/pulsed/cell-record.ts';
import type { PulsedCell } from '../device/pulsed/pulsed-cell.ts';
import { streamKey } from '../numeric/philox.ts';
import { purposes } from '../numeric/purposes.ts';
import type { MachineContext } from './context.ts';
import { cellBlock } from './group-state.ts';
import type { CellArray, GroupState, PulsedState, TransferState } from './state.ts';

/** Whether the mapping holds a weight in one device that pulses move. */
export const isPulsable = ({ shape, map }: GroupState): boolean =>
  shape.csrs.slices === 1 && (map.signs.length === 1 || shape.csrs.mapping === 'reference-cell');

/** Cell array that pulses move, and that of the reference cells. */
export const pulsedArray = (state: GroupState): CellArray => state.cells[0]!;
export const referenceArray = (state: GroupState): CellArray | undefined => state.cells[1];

export const cellCount = ({ layout }: GroupState): number => layout.rows * layout.columns;

function createTransfer(rows: number, columns: number): TransferState {
  const signs = (count: number) => new Float32Array(count).fill(1);
  return { rowSigns: signs(rows), columnSigns: signs(columns), switched: new Uint8Array(rows), sweeps: 0 };
}

/** Draws the cells of a group. Allocates for the machine's lifetime. */
export function createPulsedState(context: MachineContext, state: GroupState, cell: PulsedCell): PulsedState {
  const { kernels } = context;
  const { rows, columns } = state.layout;
  const count = rows * columns;
  const exact = cell.law === 'exact';
  const records = kernels.allocate(exact ? 0 : 4 * cellRecord.floats * count);
  if (!exact) cell.populate(kernels, records, cellBlock(context, state, pulsedArray(state)));
  return {
    cell,
    weights: kernels.allocate(4 * count),
    persistent: cell.writeNoise > 0 ? kernels.allocate(4 * count) : 0,
    references: kernels.allocate(4 * count),
    records,
    rowS: kernels.allocate(4 * rows),
    columnS: kernels.allocate(4 * columns),
    settings: kernels.allocate(128),
    transfer: createTransfer(rows, columns),
    scale: { rows: 0, columns: 0 },
    half: {
      rows: new Float64Array(rows),
      columns: new Float64Array(columns),
      pulses: new Float32Array(exact || cell.disturb === undefined ? 0 : count),
      most: 0,
    },
    shifted: false,
    idleRows: undefined,
    idleColumns: undefined,
    writtenStale: false,
    rowVersions: new Float64Array(rows).fill(state.version),
    sumVersions: { rows: -1, columns: -1 },
  };
}

/** Conductance of each weight's reference in `nowS` or `writtenS`, S: one value per cell. */
function referenceS(context: MachineContext, state: GroupState, member: 'writtenS' | 'nowS', cell: number): number {
  const { kernels } = context;
  const own = referenceArray(state);
  const { columns, columnSpans } = state.layout;
  if (own !== undefined) return kernels.f32(own[member], cellCount(state))[cell]!;
  if (state.reference === undefined) return state.map.middleS;
  const column = cell % columns;
  const block = columnSpans.findIndex(({ start, length }) => column >= start && column < start + length);
  return kernels.f32(state.reference[member], state.layout.rows * columnSpans.length)[
    Math.floor(cell / columns) * columnSpans.length + block
  ]!;
}

/** Takes weights and references over from the conductances of the cells, clipped to what each cell can hold. */
export function adoptConductances(context: MachineContext, state: GroupState, member: 'writtenS' | 'nowS'): void {
  const pulsed = state.pulsed!;
  const { kernels } = context;
  const count = cellCount(state);
  const { middleS, scaleS } = state.map;
  const exact = pulsed.cell.law === 'exact';
  const cells = kernels.f32(pulsedArray(state)[member], count);
  const [weights, references] = [kernels.f32(pulsed.weights, count), kernels.f32(pulsed.references, count)];
  const records = exact ? undefined : kernels.f32(pulsed.records, cellRecord.floats * count);
  for (let i = 0; i < count; i++) {
    const reference = (referenceS(context, state, member, i) - middleS) / scaleS;
    const at = cellRecord.floats * i;
    const low = records?.[at + cellRecord.lower] ?? -1;
    const high = records?.[at + cellRecord.upper] ?? 1;
    const level = Math.min(high, Math.max(low, (cells[i]! - middleS) / scaleS));
    references[i] = reference;
    weights[i] = level - reference;
    if (records !== undefined) records[at + cellRecord.reference] = reference;
  }
  if (pulsed.persistent !== 0) addWriteNoise(context, state, pulsed);
  pulsed.idleRows = pulsed.idleColumns = undefined;
  markPulsed(state);
}

/** The weights moved, in these rows or anywhere: whatever was derived from them is stale. */
export function markPulsed(state: GroupState, rows?: Iterable<number>): void {
  const pulsed = state.pulsed!;
  pulsed.writtenStale = true;
  state.version++;
  state.seconds = undefined;
  if (rows === undefined) pulsed.rowVersions.fill(state.version);
  else for (const row of rows) pulsed.rowVersions[row] = state.version;
}

/** The visible state of freshly written cells: what was written plus write noise. */
function addWriteNoise(context: MachineContext, state: GroupState, pulsed: PulsedState): void {
  const { kernels } = context;
  const { rows, columns } = state.layout;
  const count = rows * columns;
  kernels.f32(pulsed.persistent, count).set(kernels.f32(pulsed.weights, count));
  const { key0, key1 } = streamKey(context.seed, purposes.pulse);
  const mark = kernels.mark();
  const noise = kernels.allocate(4 * count);
  const { cell } = pulsed;
  kernels.normalGrid(noise, rows, columns, columns, 0, 0, key0, key1 ^ context.chipSeed, state.shape.id, state.event);
  kernels.axpy(pulsed.weights, noise, cell.writeNoise * cell.granularity, count);
  kernels.release(mark);
}

/** Brings the written conductances of the pulsed devices up to the weights. */
export function syncWritten(context: MachineContext, state: GroupState): void {
  const pulsed = state.pulsed;
  if (pulsed === undefined || !pulsed.writtenStale) return;
  const { kernels } = context;
  const count = cellCount(state);
  const { middleS, scaleS } = state.map;
  const cells = kernels.f32(pulsedArray(state).writtenS, count);
  const [weights, references] = [kernels.f32(pulsed.weights, count), kernels.f32(pulsed.references, count)];
  for (let i = 0; i < count; i++) cells[i] = Math.max(0, middleS + (weights[i]! + references[i]!) * scaleS);
  pulsed.writtenStale = false;
}

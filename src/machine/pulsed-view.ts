import type { MachineContext } from './context.ts';
import { throughAccess } from './line-conductance.ts';
import { packBlock } from './pack-block.ts';
import { referenceArray } from './pulsed-state.ts';
import type { ArrayView, GroupState, InputBlock } from './state.ts';

/** Packs the weights of a pulsed group as they stand and brings the conductance of its lines up to date. */
export function fillPulsedView(context: MachineContext, state: GroupState, view: ArrayView): void {
  const { sumVersions } = state.pulsed!;
  const forward = view.direction === 'forward';
  const changed = forward ? changedRows(state, view.pulsedVersion) : undefined;
  if (changed === undefined) packAll(context, state, view);
  else packRows(context, state, view, changed);
  if (!forward) {
    if (sumVersions.columns !== state.version) sumAll(context, state);
  } else if (sumVersions.rows !== state.version) {
    const unsummed = changedRows(state, sumVersions.rows);
    if (unsummed === undefined) sumAll(context, state);
    else for (const row of unsummed) sumRow(context, state, row);
    sumVersions.rows = state.version;
  }
  for (const block of view.blocks) fillLines(context, state, view, block);
  view.version = view.pulsedVersion = state.version;
}

/** Rows that changed after a version; undefined where they are so many that doing all is quicker. */
function changedRows({ pulsed }: GroupState, version: number): readonly number[] | undefined {
  if (version < 0) return undefined;
  const { rowVersions } = pulsed!;
  const rows: number[] = [];
  for (let row = 0; row < rowVersions.length; row++) if (rowVersions[row]! > version) rows.push(row);
  return 2 * rows.length > rowVersions.length ? undefined : rows;
}

function packAll(context: MachineContext, state: GroupState, view: ArrayView): void {
  const { kernels } = context;
  const mark = kernels.mark();
  const weights = shownWeights(context, state, view, 0, state.layout.rows);
  for (const block of view.blocks) packBlock(kernels, view, block, block.panels[0]!.packed, weights);
  kernels.release(mark);
}

function packRows(context: MachineContext, state: GroupState, view: ArrayView, rows: readonly number[]): void {
  const { kernels } = context;
  for (const row of rows) {
    const block = view.blocks.find(({ start, length }) => row < start + length)!;
    const mark = kernels.mark();
    const weights = shownWeights(context, state, view, row, 1);
    kernels.packRow(block.panels[0]!.packed, weights, block.length, row - block.start, view.outputs);
    kernels.release(mark);
  }
}

/** Weights of some rows as the array shows them: with the common mode of the offset mapping. Scratch where there is one. */
export function shownWeights(context: MachineContext, state: GroupState, view: ArrayView, first: number, rows: number): number {
  const { kernels } = context;
  const { columns } = state.layout;
  const weights = state.pulsed!.weights + 4 * first * columns;
  if (view.commonMode === 0) return weights;
  const constant = kernels.allocate(4 * columns);
  kernels.f32(constant, columns).fill(view.commonMode);
  const shown = kernels.allocate(4 * rows * columns);
  kernels.addRows(shown, weights, constant, rows, columns);
  return shown;
}

/** Conductance of the word lines about to be read one by one; the panels stay as they are. */
export function refreshLines(context: MachineContext, state: GroupState, view: ArrayView, lines: readonly number[]): void {
  const { kernels } = context;
  const pulsed = state.pulsed!;
  const idle = idleLines(context, state, true);
  for (const line of lines) {
    const block = view.blocks.find(({ start, length }) => line < start + length)!;
    if (pulsed.sumVersions.rows < pulsed.rowVersions[line]!) sumRow(context, state, line);
    kernels.f32(block.lineS, block.length)[line - block.start] = kernels.f32(pulsed.rowS, line + 1)[line]! + (idle?.[line] ?? 0);
  }
}

function sumAll(context: MachineContext, state: GroupState): void {
  const { rowS, columnS, sumVersions } = state.pulsed!;
  sumRows(context, state, 0, state.layout.rows, rowS, columnS);
  sumVersions.rows = sumVersions.columns = state.version;
}

function sumRow(context: MachineContext, state: GroupState, row: number): void {
  const { kernels } = context;
  const mark = kernels.mark();
  sumRows(context, state, row, 1, state.pulsed!.rowS + 4 * row, kernels.allocate(4 * state.layout.columns));
  kernels.release(mark);
}

function sumRows(context: MachineContext, state: GroupState, first: number, rows: number, rowS: number, columnS: number): void {
  const { weights, references } = state.pulsed!;
  const { columns } = state.layout;
  const { middleS, scaleS } = state.map;
  const at = 4 * first * columns;
  context.kernels.lineSums(
    ...([rowS, columnS, weights + at, references + at, rows, columns, middleS, scaleS] as const),
    context.chip.tile.array.accessOhm,
  );
}

/** Conductance of the block's input lines: pulsed cells, and reference cells where they conduct too. */
function fillLines(context: MachineContext, state: GroupState, view: ArrayView, block: InputBlock): void {
  const { kernels } = context;
  const pulsed = state.pulsed!;
  const forward = view.direction === 'forward';
  const sums = kernels.f32(forward ? pulsed.rowS : pulsed.columnS, view.inputs);
  const idle = idleLines(context, state, forward);
  const out = kernels.f32(block.lineS, block.length);
  for (let i = 0; i < block.length; i++) out[i] = sums[block.start + i]! + (idle?.[block.start + i] ?? 0);
}

/** Siemens of cells that pulses do not move, by input line; kept until the references are written again. */
function idleLines(context: MachineContext, state: GroupState, forward: boolean): Float64Array | undefined {
  const pulsed = state.pulsed!;
  const known = forward ? pulsed.idleRows : pulsed.idleColumns;
  if (known !== undefined) return known;
  const { rows, columns, columnSpans } = state.layout;
  const sums = new Float64Array(forward ? rows : columns);
  const { accessOhm } = context.chip.tile.array;
  const cells = referenceArray(state);
  if (cells !== undefined) addLines(sums, context.kernels.f32(cells.writtenS, rows * columns), columns, forward, accessOhm);
  // the reference column is read by word lines only
  if (state.reference !== undefined && forward) {
    const width = columnSpans.length;
    addLines(sums, context.kernels.f32(state.reference.writtenS, rows * width), width, true, accessOhm);
  }
  if (forward) pulsed.idleRows = sums;
  else pulsed.idleColumns = sums;
  return sums;
}

function addLines(sums: Float64Array, cellsS: Float32Array, columns: number, byRow: boolean, accessOhm: number): void {
  for (const [cell, conductanceS] of cellsS.entries()) {
    const line = byRow ? Math.floor(cell / columns) : cell % columns;
    sums[line] = sums[line]! + throughAccess(conductanceS, accessOhm);
  }
}

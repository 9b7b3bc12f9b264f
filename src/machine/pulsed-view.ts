import type { MachineContext } from './context.ts';
import { throughAccess } from './line-conductance.ts';
import { packBlock } from './pack-block.ts';
import { referenceArray } from './pulsed-state.ts';
import type { ArrayView, GroupState, InputBlock } from './state.ts';

/** Packs the weights of a pulsed group as they stand and brings the conductance of its lines up to date. */
export function fillPulsedView(context: MachineContext, state: GroupState, view: ArrayView): void {
  const { kernels } = context;
  const pulsed = state.pulsed!;
  const { rows, columns } = state.layout;
  const mark = kernels.mark();
  let weights = pulsed.weights;
  if (view.commonMode !== 0) {
    const constant = kernels.allocate(4 * columns);
    kernels.f32(constant, columns).fill(view.commonMode);
    weights = kernels.allocate(4 * rows * columns);
    kernels.addRows(weights, pulsed.weights, constant, rows, columns);
  }
  for (const block of view.blocks) packBlock(kernels, view, block, block.panels[0]!.packed, weights);
  kernels.release(mark);
  if (pulsed.sumsStale) sumLines(context, state);
  for (const block of view.blocks) fillLines(context, state, view, block);
  view.version = state.version;
}

function sumLines(context: MachineContext, state: GroupState): void {
  const pulsed = state.pulsed!;
  const { rows, columns } = state.layout;
  const { middleS, scaleS } = state.map;
  context.kernels.lineSums(
    pulsed.rowS,
    pulsed.columnS,
    pulsed.weights,
    pulsed.references,
    rows,
    columns,
    middleS,
    scaleS,
    context.chip.tile.array.accessOhm,
  );
  pulsed.sumsStale = false;
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

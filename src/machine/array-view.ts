import type { Kernels } from '../numeric/kernels.ts';
import type { GroupCsrs } from '../sequence/issued-operation.ts';
import { ageCells } from './age-cells.ts';
import type { MachineContext } from './context.ts';
import { drawConverters } from './converter-draws.ts';
import { effectiveWeights } from './effective-weights.ts';
import type { Span } from './group-layout.ts';
import { lineConductance } from './line-conductance.ts';
import { packBlock } from './pack-block.ts';
import { fillPulsedView, refreshLines } from './pulsed-view.ts';
import { sliceFactor } from './slice-weights.ts';
import type { ArrayView, Direction, GroupState, SlicePanel } from './state.ts';

function allocatePanel(
  context: MachineContext,
  state: GroupState,
  direction: Direction,
  index: number,
  slice: number,
  span: Span,
  outputs: number,
): SlicePanel {
  const { kernels } = context;
  const { slices, sliceBits } = state.shape.csrs;
  return {
    slice,
    factor: sliceFactor({ slices, bits: sliceBits }, slice),
    packed: kernels.allocate(kernels.packedBytes(span.length, outputs)),
    magnitudes: 0,
    distant: 0,
    draws: drawConverters(context, state.layout, direction, index, slice),
  };
}

function allocateView(context: MachineContext, state: GroupState, direction: Direction): ArrayView {
  const { kernels } = context;
  const { rows, columns, rowSpans, columnSpans } = state.layout;
  const [inputs, outputs] = direction === 'forward' ? [rows, columns] : [columns, rows];
  const blocks = (direction === 'forward' ? rowSpans : columnSpans).map((span, index) => ({
    ...span,
    index,
    panels: Array.from({ length: state.shape.csrs.slices }, (_, slice) =>
      allocatePanel(context, state, direction, index, slice, span, outputs),
    ),
    lineS: kernels.allocate(4 * span.length),
    ones: packedOnes(kernels, span.length),
  }));
  const commonMode = state.shape.csrs.mapping === 'digital-offset' ? state.map.middleS / state.map.scaleS : 0;
  return { direction, inputs, outputs, irDrop: 'off', blocks, commonMode, version: -1, pulsedVersion: -1 };
}

function packedOnes(kernels: Kernels, length: number): number {
  const packed = kernels.allocate(kernels.packedBytes(length, 1));
  const mark = kernels.mark();
  const ones = kernels.allocate(4 * length);
  kernels.f32(ones, length).fill(1);
  kernels.pack(packed, ones, length, 1, 1);
  kernels.release(mark);
  return packed;
}

/** 1 - (1 - j / n)^2 for the j-th of n input lines: how much wire their current crosses (aihwkit, applyIrDrop). */
const distance = (j: number, n: number): number => 1 - (1 - j / n) ** 2;

function fillIrPanels(context: MachineContext, state: GroupState, view: ArrayView, weights: number, slice: number): void {
  const { kernels } = context;
  const { rows, columns } = state.layout;
  const mark = kernels.mark();
  const scratch = kernels.allocate(4 * rows * columns);
  const [values, shaped] = [kernels.f32(weights, rows * columns), kernels.f32(scratch, rows * columns)];
  // the current on the line is that of the cell; in a pair most of it is that of the device that holds the weight
  const single = view.irDrop === 'conductance' && state.map.signs.length === 1;
  const cells = state.cells.find((array) => array.slice === slice)!;
  const conductance = kernels.f32(cells.nowS, rows * columns);
  // aihwkit drops the voltage of the signed weight: the offset of single-device mappings draws nothing there
  const offset = view.irDrop === 'weight' ? view.commonMode : 0;
  for (let i = 0; i < rows * columns; i++)
    shaped[i] = single ? conductance[i]! / context.device.maxS : Math.abs(values[i]! - offset);
  for (const block of view.blocks) packBlock(kernels, view, block, block.panels[slice]!.magnitudes, scratch);
  for (const block of view.blocks) {
    for (let r = 0; r < rows; r++) {
      for (let c = 0; c < columns; c++) {
        const j = (view.direction === 'forward' ? r : c) - block.start;
        shaped[r * columns + c] = (values[r * columns + c]! - offset) * distance(Math.max(0, j), block.length);
      }
    }
    packBlock(kernels, view, block, block.panels[slice]!.distant, scratch);
  }
  kernels.release(mark);
}

function fillView(context: MachineContext, state: GroupState, view: ArrayView): void {
  const { kernels } = context;
  const { rows, columns } = state.layout;
  const mark = kernels.mark();
  const weights = kernels.allocate(4 * rows * columns);
  for (let slice = 0; slice < state.shape.csrs.slices; slice++) {
    effectiveWeights(kernels, state, slice, weights);
    for (const block of view.blocks) packBlock(kernels, view, block, block.panels[slice]!.packed, weights);
    if (view.irDrop !== 'off') fillIrPanels(context, state, view, weights, slice);
  }
  kernels.release(mark);
  for (const block of view.blocks) lineConductance(context, state, view.direction, block, block.lineS);
  view.version = state.version;
  view.pulsedVersion = -1;
}

/** The group as `direction` reads it at the machine's device age; packed again only after its cells changed. */
export function arrayView(
  context: MachineContext,
  state: GroupState,
  direction: Direction,
  driftOn: boolean,
  irDrop: GroupCsrs['irDrop'],
): ArrayView {
  const fresh = isFresh(context, state, driftOn, irDrop);
  if (!fresh) ageCells(context, state, driftOn);
  const view = viewOf(context, state, direction, irDrop);
  if (view.version === state.version) return view;
  if (fresh) fillPulsedView(context, state, view);
  else fillView(context, state, view);
  return view;
}

/** Pulsed weights that have not aged are read as they stand: conductances need not be brought up to date. */
const isFresh = (context: MachineContext, state: GroupState, driftOn: boolean, irDrop: GroupCsrs['irDrop']): boolean =>
  state.pulsed !== undefined && irDrop === 'off' && !(driftOn && context.ageSeconds > state.programmedAt);

/** The view of a direction: one for the life of the machine, filled again when IR_DROP changes. */
function viewOf(context: MachineContext, state: GroupState, direction: Direction, irDrop: GroupCsrs['irDrop']): ArrayView {
  const view = state[direction] ?? allocateView(context, state, direction);
  state[direction] = view;
  if (view.irDrop === irDrop) return view;
  if (irDrop !== 'off') addIrPanels(context, view);
  view.irDrop = irDrop;
  view.version = view.pulsedVersion = -1;
  return view;
}

function addIrPanels({ kernels }: MachineContext, view: ArrayView): void {
  for (const { length, panels } of view.blocks) {
    for (const panel of panels) {
      if (panel.magnitudes !== 0) continue;
      const bytes = kernels.packedBytes(length, view.outputs);
      panel.magnitudes = kernels.allocate(bytes);
      panel.distant = kernels.allocate(bytes);
    }
  }
}

/** The group as single word lines are read: where it can be, with nothing of the array brought up to date but these lines. */
export function lineView(
  context: MachineContext,
  state: GroupState,
  lines: readonly number[],
  driftOn: boolean,
  irDrop: GroupCsrs['irDrop'],
): LineView {
  if (!isFresh(context, state, driftOn, irDrop))
    return { view: arrayView(context, state, 'forward', driftOn, irDrop), direct: false };
  const view = viewOf(context, state, 'forward', irDrop);
  if (view.version !== state.version) refreshLines(context, state, view, lines);
  return { view, direct: true };
}

/** A view, and whether the lines are read from the pulsed weights in place of its panels. */
export interface LineView {
  readonly view: ArrayView;
  readonly direct: boolean;
}

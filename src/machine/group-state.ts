import type { CellBlock } from '../device/cell-model.ts';
import type { GroupShape } from '../sequence/issued-operation.ts';
import type { MachineContext } from './context.ts';
import { layoutGroup } from './group-layout.ts';
import { weightMap } from './map-weights.ts';
import { shareCells } from './shared-cells.ts';
import type { CellArray, GroupState } from './state.ts';
import { trap } from './trap.ts';

/** Number a reference column's cells have among the devices of a matrix: far from pairs and slices. */
const referenceDevice = 255;

/** Same tiles, same cells? Only configuration that does not move weights may change between PRG and use. */
function sameCells(a: GroupShape, b: GroupShape): boolean {
  const keys = ['firstTile', 'rowBlocks', 'columnBlocks', 'rows', 'columns', 'rowOffset', 'columnOffset'] as const;
  return (
    keys.every((key) => a[key] === b[key]) &&
    a.csrs.mapping === b.csrs.mapping &&
    a.csrs.slices === b.csrs.slices &&
    a.csrs.sliceBits === b.csrs.sliceBits
  );
}

function cellArray(context: MachineContext, rows: number, columns: number, slice: number, device: number): CellArray {
  const bytes = 4 * rows * columns;
  const { kernels } = context;
  return { slice, device, rows, columns, writtenS: kernels.allocate(bytes), nowS: kernels.allocate(bytes) };
}

function createState(context: MachineContext, shape: GroupShape): GroupState {
  const layout = layoutGroup(shape, context.chip.tile);
  const map = weightMap(shape.csrs.mapping, context.device);
  const cells: CellArray[] = [];
  for (let slice = 0; slice < shape.csrs.slices; slice++) {
    for (let device = 0; device < map.signs.length; device++)
      cells.push(cellArray(context, shape.rows, shape.columns, slice, device));
  }
  return {
    shape,
    layout,
    map,
    cells,
    reference:
      shape.csrs.mapping === 'reference-column'
        ? cellArray(context, shape.rows, layout.columnSpans.length, 0, referenceDevice)
        : undefined,
    targets: context.kernels.allocate(4 * shape.rows * shape.columns),
    event: -1,
    programmedAt: 0,
    seconds: undefined,
    version: 0,
    pulsed: undefined,
    forward: undefined,
    transposed: undefined,
    trims: new Map(),
    meanShift: 0,
    drift: undefined,
    overwrittenBy: undefined,
    range: undefined,
  };
}

/**
 * The group's cells, for PRG: new ones unless the same cells were programmed before. Allocates for the machine's lifetime. Other groups
 * on some of these cells hold nothing from now on.
 */
export function groupForProgramming(context: MachineContext, shape: GroupShape): GroupState {
  const known = context.groups.get(shape.id);
  const state = known !== undefined && sameCells(known.shape, shape) ? known : createState(context, shape);
  context.groups.set(shape.id, state);
  state.overwrittenBy = undefined;
  for (const other of context.groups.values())
    if (other !== state && shareCells(other.shape, shape)) other.overwrittenBy = shape.id;
  return state;
}

/** The group an instruction reads; traps when nothing was programmed there, or under another shape. */
export function programmedGroup(
  context: MachineContext,
  op: {
    readonly word: number;
    readonly mnemonic: 'MVM' | 'MVT' | 'RDV' | 'CAL' | 'OPU' | 'PUL' | 'XFR' | 'OPD';
    readonly group: GroupShape | undefined;
  },
): GroupState {
  if (op.group === undefined) throw trap(op, 'names no group; want one defined by GRP');
  const state = context.groups.get(op.group.id);
  if (state === undefined) throw trap(op, `reads group W${op.group.id}, which PRG has not programmed`);
  if (state.overwrittenBy !== undefined)
    throw trap(op, `reads group W${op.group.id}, whose cells PRG of group W${state.overwrittenBy} has written since`);
  if (!sameCells(state.shape, op.group))
    throw trap(op, `reads group W${op.group.id} under another shape or mapping than PRG wrote it`);
  return state;
}

/** Address of a cell array for its device's random streams. */
export function cellBlock(context: MachineContext, state: GroupState, array: CellArray): CellBlock {
  return {
    chipSeed: context.chipSeed,
    matrix: state.shape.id,
    row0: 0,
    column0: 0,
    rows: array.rows,
    columns: array.columns,
    device: array.device === referenceDevice ? referenceDevice : array.slice * state.map.signs.length + array.device,
    event: state.event,
  };
}

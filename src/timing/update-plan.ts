import { instructions } from '../../isa/instructions.ts';
import { formatBytes } from '../../isa/limits.ts';
import type { TimingParameters } from '../chip/cost-table.ts';
import type { GroupShape, IssuedOperation } from '../sequence/issued-operation.ts';
import { operandRows } from '../sequence/operand-rows.ts';
import { pulseCountFormat } from '../sequence/training-extents.ts';
import { groupBlocks, operandLengths } from './group-blocks.ts';
import { type Route, routeOutward, type Traffic, trafficOf } from './routes.ts';
import { hasFlag } from './word.ts';

const { OPU, PUL } = instructions;

/** What one vector of an outer product, or all counts of a PUL, send to the tiles of a group. */
export interface UpdatePlan {
  /** Bytes of one vector of each operand in the scratchpad; 0 for an index. */
  readonly rowBytes: number;
  readonly columnBytes: number;
  readonly packets: readonly Route[];
  readonly traffic: Traffic;
  /** Port cycles of the fullest tile buffer, and accesses of all. */
  readonly bufferCycles: number;
  readonly bufferAccesses: number;
}

/** A payload for some tiles: one multicast packet. */
interface Payload {
  readonly tiles: readonly number[];
  readonly bytes: number;
}

function planOf(payloads: readonly Payload[], rowBytes: number, columnBytes: number, parameters: TimingParameters): UpdatePlan {
  const packets = payloads.map(({ tiles, bytes }) => routeOutward(tiles, bytes, parameters));
  const perTile = new Map<number, number>();
  for (const { tiles, bytes } of payloads)
    for (const tile of tiles)
      perTile.set(tile, (perTile.get(tile) ?? 0) + Math.max(1, Math.ceil(bytes / parameters.bufferWidthBytes)));
  const accesses = [...perTile.values()];
  return {
    rowBytes,
    columnBytes,
    packets,
    traffic: trafficOf(packets),
    bufferCycles: Math.max(...accesses),
    bufferAccesses: accesses.reduce((sum, each) => sum + each, 0),
  };
}

/** Tiles of a group by row and column block, all replicas. */
function tilesAt(shape: GroupShape, rowBlock: number | undefined, columnBlock: number | undefined): number[] {
  const found: number[] = [];
  for (let replica = 0; replica < shape.replicas; replica++)
    for (let row = 0; row < shape.rowBlocks; row++)
      for (let column = 0; column < shape.columnBlocks; column++)
        if ((rowBlock ?? row) === row && (columnBlock ?? column) === column)
          found.push(shape.firstTile + (replica * shape.rowBlocks + row) * shape.columnBlocks + column);
  return found;
}

/** One vector of OPU: every row block takes its slice of x, every column block its slice of d; an index is a command. */
export function outerPlan(operation: IssuedOperation, shape: GroupShape, parameters: TimingParameters): UpdatePlan {
  const { rowLengths, columnLengths } = groupBlocks(shape, parameters);
  const rowElement = hasFlag(operation, OPU.flags['ONE-HOT-A'].bit) ? 0 : formatBytes[shape.csrs.inFormat];
  const columnElement = hasFlag(operation, OPU.flags['ONE-HOT-B'].bit) ? 0 : formatBytes[shape.csrs.outFormat];
  const payloads = [
    ...operandLengths(shape, rowLengths).map((length, block) => ({
      tiles: tilesAt(shape, block, undefined),
      bytes: length * rowElement,
    })),
    ...columnLengths.map((length, block) => ({ tiles: tilesAt(shape, undefined, block), bytes: length * columnElement })),
  ];
  return planOf(payloads, operandRows(shape) * rowElement, shape.columns * columnElement, parameters);
}

/** Counts of PUL: to the tiles of one block of its rows or columns, where the first stands for whichever holds them, or to all. */
export function pulsePlan(operation: IssuedOperation, shape: GroupShape, parameters: TimingParameters): UpdatePlan {
  const { rowLengths, columnLengths } = groupBlocks(shape, parameters);
  const bytes = formatBytes[pulseCountFormat(operation.flags)];
  const payloads: Payload[] = [];
  for (let row = 0; row < rowLengths.length; row++) {
    for (let column = 0; column < columnLengths.length; column++) {
      if (operation.fn === PUL.functions.row && row > 0) continue;
      if (operation.fn === PUL.functions.column && column > 0) continue;
      const lines = operation.fn === PUL.functions.matrix ? rowLengths[row]! : operation.length;
      const perLine = operation.fn === PUL.functions.column ? rowLengths[row]! : columnLengths[column]!;
      payloads.push({ tiles: tilesAt(shape, row, column), bytes: lines * perLine * bytes });
    }
  }
  return planOf(payloads, 0, 0, parameters);
}

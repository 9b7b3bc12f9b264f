import { formatBytes } from '../../isa/limits.ts';
import { type Activity, idleActivity } from '../sequence/activity.ts';
import type { IssuedOperation } from '../sequence/issued-operation.ts';
import { pulseCountFormat } from '../sequence/training-extents.ts';
import { applyCounts, type CountBox } from './apply-counts.ts';
import type { MachineContext } from './context.ts';
import { numberOf, spmAddress, spmPointer } from './memory.ts';
import { type PulsedGroup, pulsedGroup } from './pulsable-group.ts';
import { flagOf, functionOf } from './table-functions.ts';
import { trap } from './trap.ts';
import { verifyCounts } from './verify-counts.ts';

/** PUL: signed pulse counts on rows, columns or all cells of a group. */
export function pulseLines(context: MachineContext, op: IssuedOperation): Activity {
  const state = pulsedGroup(context, op);
  const { rows, columns } = state.layout;
  const along = functionOf(op);
  const first = along === 'matrix' ? 0 : numberOf(op, 'd', 0);
  const lines = along === 'column' ? columns : rows;
  if (!Number.isInteger(first) || first < 0 || first + op.length > lines)
    throw trap(op, `pulses lines ${first} to ${first + op.length - 1} of ${lines}`);
  if (along === 'matrix' && op.length !== rows) throw trap(op, `pulses ${op.length} rows; group W${state.shape.id} has ${rows}`);
  const { kernels } = context;
  const mark = kernels.mark();
  const box: CountBox =
    along === 'column'
      ? { row0: 0, column0: first, rows, columns: op.length, counts: 0 }
      : { row0: first, column0: 0, rows: op.length, columns, counts: 0 };
  const counts = loadCounts(context, op, box, along === 'column');
  const activity = flagOf(op, 'VERIFY')
    ? verified(context, op, state, { ...box, counts })
    : applied(context, op, state, { ...box, counts });
  kernels.release(mark);
  context.specials.pulses += activity.pulses;
  return activity;
}

/** Counts as i32 of the box, row-major; columns come one after the other. */
function loadCounts(context: MachineContext, op: IssuedOperation, { rows, columns }: CountBox, byColumn: boolean): number {
  const { kernels } = context;
  const count = rows * columns;
  const format = pulseCountFormat(op.flags);
  const pointer = spmPointer(context.scratchpad, op, spmAddress(op, 'a'), count, format);
  const given = kernels.allocate(4 * count);
  kernels.widenCounts(given, pointer, count, formatBytes[format]);
  if (!byColumn) return given;
  const turned = kernels.allocate(4 * count);
  kernels.transpose(turned, given, columns, rows);
  return turned;
}

function applied(context: MachineContext, op: IssuedOperation, state: PulsedGroup, box: CountBox): Activity {
  const { pulses, pulseJoules, slots, linePulses } = applyCounts(context, state, box, op.sequence, 0);
  return { ...idleActivity, pulses, pulseJoules, linePulses, pulseSlots: new Float64Array([slots]) };
}

function verified(context: MachineContext, op: IssuedOperation, state: PulsedGroup, box: CountBox): Activity {
  return { ...idleActivity, ...verifyCounts(context, state, op.group!.csrs, box, op.sequence) };
}

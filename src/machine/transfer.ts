import { type Activity, idleActivity } from '../sequence/activity.ts';
import type { GroupCsrs, IssuedOperation } from '../sequence/issued-operation.ts';
import { applyCounts } from './apply-counts.ts';
import { lineView } from './array-view.ts';
import type { MachineContext } from './context.ts';
import { digitalArray } from './digital-accumulate.ts';
import { numberOf } from './memory.ts';
import { readActivity } from './mvm.ts';
import { updateVectors } from './outer-update.ts';
import { type PulsedGroup, pulsedGroup } from './pulsable-group.ts';
import { readLines } from './read-weights.ts';
import { functionOf } from './table-functions.ts';
import { finishRow, transferRow } from './transfer-row.ts';
import { trap } from './trap.ts';

/** Rows of one call, wrapping at the end of the matrix. */
function rowsOf(op: IssuedOperation, rows: number): number[] {
  const first = numberOf(op, 'd', 0);
  if (!Number.isInteger(first) || first < 0 || first >= rows) throw trap(op, `starts at row ${first}; the group has ${rows}`);
  if (op.length > rows) throw trap(op, `transfers ${op.length} rows; the group has ${rows}`);
  return Array.from({ length: op.length }, (_, i) => (first + i) % rows);
}

/**
 * XFR: moves what the fast group (unit) has gathered to the slow one (B), row by row: RDV.row of the fast group, the rule's digital
 * arithmetic on its buffer, pulses on the slow group. Equal to those instructions one by one.
 */
export function transfer(context: MachineContext, op: IssuedOperation): Activity {
  const source = pulsedGroup(context, op);
  if (op.target === undefined) throw trap(op, `writes to group W${numberOf(op, 'b', 0)}, which GRP has not defined`);
  const target = pulsedGroup(context, op, op.target);
  const { rows, columns } = source.layout;
  if (target.layout.rows !== rows || target.layout.columns !== columns || target === source)
    throw trap(
      op,
      `moves ${rows} x ${columns} weights to W${op.target.id} of ${target.layout.rows} x ${target.layout.columns}; want another group of the same shape`,
    );
  const { csrs } = op.group!;
  const lines = rowsOf(op, rows);
  const { kernels } = context;
  // views live as long as the machine: they are allocated before the scratch begins
  const shown = lineView(context, source, lines, csrs.driftOn, csrs.irDrop);
  const mark = kernels.mark();
  const reads = csrs.transferReads;
  const { vectors, tally } = readLines(context, { state: source, ...shown, csrs, sequence: op.sequence, lines, reads });
  const read = readActivity(context, tally, lines.length * reads * shown.view.inputs);
  const written =
    functionOf(op) === 'tt1'
      ? coincide(context, op, target, lines, vectors)
      : buffered(context, op, source, target, lines, vectors);
  kernels.release(mark);
  if (functionOf(op) !== 'tt1') context.specials.pulses += written.pulses;
  const { readJoules, inputActivity, saturations } = read;
  return { ...written, readJoules, inputActivity, saturations, retries: undefined };
}

/** tt1: one-hot stochastic updates of the slow group with trains of TRANSFER_LENGTH. */
function coincide(
  context: MachineContext,
  op: IssuedOperation,
  target: PulsedGroup,
  lines: readonly number[],
  vectors: number,
): Activity {
  const { kernels } = context;
  const { rows } = target.layout;
  const x = kernels.allocate(4 * lines.length * rows);
  const oneHot = kernels.f32(x, lines.length * rows);
  for (const [i, line] of lines.entries()) oneHot[i * rows + line] = 1;
  const { transferLength, transferRate } = op.group!.csrs;
  const csrs: GroupCsrs = { ...op.target!.csrs, updateLength: transferLength, autoScale: 0 };
  const batch = { scale: transferRate, n: lines.length, rule: 'stochastic', sequence: op.sequence };
  return updateVectors(context, target, csrs, { x, d: vectors }, batch);
}

/** tt2 to tt4: the buffer integrates, whole steps leave it as pulses. */
function buffered(
  context: MachineContext,
  op: IssuedOperation,
  source: PulsedGroup,
  target: PulsedGroup,
  lines: readonly number[],
  vectors: number,
): Activity {
  const { kernels } = context;
  const { rows, columns } = source.layout;
  const rule = functionOf(op) as 'tt2' | 'tt3' | 'tt4';
  const countsAt = kernels.allocate(4 * columns);
  const slots = new Float64Array(lines.length);
  let [pulses, pulseJoules, linePulses] = [0, 0, 0];
  for (const [i, line] of lines.entries()) {
    const mark = kernels.mark();
    const matrices = Array.from({ length: rule === 'tt4' ? 3 : 1 }, (_, matrix) =>
      digitalArray(context, op, op.a, columns * (matrix * rows + line), columns),
    );
    const [buffer, mean, past] = matrices.map(({ pointer }) => kernels.f32(pointer, columns));
    const read = kernels.f32(vectors + 4 * columns * i, columns);
    const row = { read, buffer: buffer!, mean, past, counts: kernels.i32(countsAt, columns), line };
    transferRow(source, op.group!.csrs, rule, row);
    for (const matrix of matrices) matrix.store();
    const box = { row0: line, column0: 0, rows: 1, columns, counts: countsAt };
    const done = applyCounts(context, target, box, op.sequence, i);
    pulses += done.pulses;
    pulseJoules += done.pulseJoules;
    linePulses += done.linePulses;
    slots[i] = done.slots;
    finishRow(context, source, op.group!.csrs, rule, line, op.sequence);
    kernels.release(mark);
  }
  return { ...idleActivity, pulses, pulseJoules, linePulses, pulseSlots: slots };
}

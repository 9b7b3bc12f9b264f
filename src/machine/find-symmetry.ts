import { type Activity, idleActivity } from '../sequence/activity.ts';
import type { IssuedOperation } from '../sequence/issued-operation.ts';
import { lineView } from './array-view.ts';
import type { MachineContext } from './context.ts';
import { spmPointer } from './memory.ts';
import { readActivity } from './mvm.ts';
import { type PulsedGroup, pulsedGroup } from './pulsable-group.ts';
import { cellCount, syncWritten } from './pulsed-state.ts';
import { readLines } from './read-weights.ts';
import { alternate, ownReferences, programReferences } from './symmetry.ts';
import { flagOf } from './table-functions.ts';
import { trap } from './trap.ts';

/**
 * CAL.symmetry-point: `len` pulse pairs, one up and one down on all cells at once, bring every cell to the point where they cancel. Every
 * row is then read one-hot below that point (after a down pulse) and, one up pulse later, above it; the mean of both is the point, as
 * converters and read noise show it. D takes the mean of each column; W programs every reference cell to where its partner stands.
 */
export function findSymmetry(context: MachineContext, op: IssuedOperation): Activity {
  if (flagOf(op, 'T')) throw trap(op, 'asks for transposed symmetry-point; want adc-offset or adc-gain');
  const state = pulsedGroup(context, op);
  const references = flagOf(op, 'W') ? ownReferences(op, state) : undefined;
  const { kernels } = context;
  const { rows, columns } = state.layout;
  const below = alternate(context, state, op.sequence, 0, 2 * op.length);
  const readBelow = readPoints(context, op, state, 0);
  const above = alternate(context, state, op.sequence, 2 * op.length, 1);
  const readAbove = readPoints(context, op, state, 1);
  const points = readBelow.points.map((point, at) => (point + readAbove.points[at]!) / 2);
  if (op.d.kind === 'spm') {
    const means = new Float32Array(columns);
    for (const [at, point] of points.entries()) means[at % columns] = means[at % columns]! + point / rows;
    kernels.f32(spmPointer(context.scratchpad, op, op.d.address, columns, 'f32'), columns).set(means);
  }
  const written = references === undefined ? undefined : shiftReferences();
  return {
    ...idleActivity,
    ...written,
    pulses: below.pulses + above.pulses + (written?.pulses ?? 0),
    pulseJoules: below.pulseJoules + above.pulseJoules + (written?.pulseJoules ?? 0),
    linePulses: below.linePulses + above.linePulses,
    pulseSlots: new Float64Array([2 * op.length + 1]),
    readJoules: readBelow.activity.readJoules + readAbove.activity.readJoules + (written?.readJoules ?? 0),
    inputActivity: readBelow.activity.inputActivity,
    saturations: readBelow.activity.saturations + readAbove.activity.saturations,
  };

  /** The measured weight is what a cell differs by from its reference. */
  function shiftReferences(): ReturnType<typeof programReferences> {
    syncWritten(context, state);
    const { scaleS } = state.map;
    const { weightMax } = op.group!.csrs;
    const targets = kernels.f32(references!.writtenS, cellCount(state));
    for (let i = 0; i < targets.length; i++) targets[i] = Math.max(0, targets[i]! + (points[i]! / weightMax) * scaleS);
    return programReferences(context, op, state, references!);
  }
}

/** Distance in program order of the noise of the second reading: further than any program runs. */
const secondReading = 2 ** 30;

/** Weights of all rows, each read once; `time` tells the noise of one reading from that of another. */
function readPoints(context: MachineContext, op: IssuedOperation, state: PulsedGroup, time: number) {
  const { kernels } = context;
  const { rows, columns } = state.layout;
  const { csrs } = op.group!;
  const lines = Array.from({ length: rows }, (_, row) => row);
  // views live as long as the machine: they are allocated before the scratch begins
  const shown = lineView(context, state, lines, csrs.driftOn, csrs.irDrop);
  const mark = kernels.mark();
  const sequence = op.sequence + time * secondReading;
  const { vectors, tally } = readLines(context, { state, ...shown, csrs, sequence, lines, reads: 1 });
  const points = kernels.f32(vectors, rows * columns).slice();
  kernels.release(mark);
  return { points, activity: readActivity(context, tally, rows * shown.view.inputs) };
}

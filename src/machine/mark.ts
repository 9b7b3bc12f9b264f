import { type Activity, idleActivity } from '../sequence/activity.ts';
import type { IssuedOperation } from '../sequence/issued-operation.ts';
import type { MachineContext } from './context.ts';
import { numberOf } from './memory.ts';
import { flagOf, functionOf } from './table-functions.ts';
import { trap } from './trap.ts';

/** MARK: the end (or a point) of an evaluation region snapshots what LOSS counted. */
export function markRegion(context: MachineContext, op: IssuedOperation): Activity {
  const id = numberOf(op, 'a', 0);
  const region = context.program.regions.find((candidate) => candidate.id === id);
  if (region?.kind === 'evaluation' && functionOf(op) !== 'begin') {
    const { loss, hits, count } = context.specials;
    context.results.push({ region: id, loss, hits, count, ageSeconds: context.ageSeconds });
  }
  return idleActivity;
}

/** DLY: only DLY.AGE touches values; it advances the device age by A 2^sub seconds. Cells change at their next use. */
export function delay(context: MachineContext, op: IssuedOperation): Activity {
  if (!flagOf(op, 'AGE')) return idleActivity;
  const seconds = numberOf(op, 'a', 0) * 2 ** op.fn;
  if (!(seconds >= 0 && Number.isFinite(seconds))) throw trap(op, `ages by ${seconds} s; want a finite number >= 0`);
  context.ageSeconds += seconds;
  return idleActivity;
}

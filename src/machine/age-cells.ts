import type { MachineContext } from './context.ts';
import { cellBlock } from './group-state.ts';
import { syncWritten } from './pulsed-state.ts';
import type { GroupState } from './state.ts';

/**
 * Brings `nowS` of every cell to the device age of the machine, which makes views built on an older one stale. With drift off cells
 * stay as written.
 */
export function ageCells(context: MachineContext, state: GroupState, driftOn: boolean): void {
  const seconds = driftOn ? context.ageSeconds - state.programmedAt : 0;
  if (state.seconds === seconds) return;
  syncWritten(context, state);
  for (const array of state.reference === undefined ? state.cells : [...state.cells, state.reference]) {
    context.device.age(context.kernels, array.nowS, array.writtenS, cellBlock(context, state, array), seconds, true);
  }
  state.seconds = seconds;
  state.version++;
}

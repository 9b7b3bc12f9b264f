import type { PulsedCell } from '../device/pulsed/pulsed-cell.ts';
import type { GroupShape, IssuedOperation } from '../sequence/issued-operation.ts';
import { ageCells } from './age-cells.ts';
import type { MachineContext } from './context.ts';
import { programmedGroup } from './group-state.ts';
import { adoptConductances, createPulsedState, isPulsable } from './pulsed-state.ts';
import type { GroupState, PulsedState } from './state.ts';
import { trap } from './trap.ts';

/** A group that can be pulsed. */
export type PulsedGroup = GroupState & { readonly pulsed: PulsedState };

/**
 * The programmed group an update writes, as a pulsed one. Relaxation up to now becomes part of its state and starts anew. Traps where
 * the mapping or the device has no pulses.
 */
export function pulsedGroup(context: MachineContext, op: IssuedOperation, group: GroupShape | undefined = op.group): PulsedGroup {
  const state = programmedGroup(context, { ...op, group } as Parameters<typeof programmedGroup>[1]);
  const pulsed = pulseResponse(context, op, state);
  if (state.pulsed === undefined) {
    state.pulsed = createPulsedState(context, state, pulsed);
    adoptConductances(context, state, 'writtenS');
  }
  if (group!.csrs.driftOn && context.ageSeconds > state.programmedAt) keepRelaxation(context, state);
  return state as PulsedGroup;
}

/** How the cells of a group answer pulses; traps where the mapping or the device has none. */
export function pulseResponse(context: MachineContext, op: IssuedOperation, state: GroupState): PulsedCell {
  const { pulsed } = context.device;
  if (pulsed === undefined) throw trap(op, `pulses cells of device ${context.device.kind}, which has no pulse response`);
  if (isPulsable(state)) return pulsed;
  const { mapping, slices } = state.shape.csrs;
  throw trap(
    op,
    `pulses W${state.shape.id} with mapping ${mapping} and ${slices} slices; want reference-cell, reference-column or digital-offset and one slice`,
  );
}

/** Pulses restart relaxation: what the cells lost so far is lost. */
function keepRelaxation(context: MachineContext, state: GroupState): void {
  ageCells(context, state, true);
  for (const array of state.reference === undefined ? state.cells : [...state.cells, state.reference]) {
    const count = array.rows * array.columns;
    context.kernels.f32(array.writtenS, count).set(context.kernels.f32(array.nowS, count));
  }
  state.event++;
  state.programmedAt = context.ageSeconds;
  adoptConductances(context, state, 'writtenS');
}

import type { Activity } from '../sequence/activity.ts';
import type { IssuedOperation } from '../sequence/issued-operation.ts';
import type { MachineContext } from './context.ts';
import { numberOf, spmAddress, spmPointer } from './memory.ts';
import { loadTargets, preparePulses, programActivity, programArrays, stateOf } from './program-arrays.ts';
import { programOnce } from './program-once.ts';
import type { GroupState } from './state.ts';
import { resetToSymmetry, zeroShift } from './symmetry.ts';
import { flagOf, functionOf } from './table-functions.ts';
import { trap } from './trap.ts';

/**
 * PRG: brings every cell of a group to its target weight and restarts its relaxation. With `verify` every cell is read once, and again
 * after each pulse; `one-shot` reads nothing. Replicas are programmed as well and hold the same values.
 */
export function programGroup(context: MachineContext, op: IssuedOperation): Activity {
  const shape = op.group;
  if (shape === undefined) throw trap(op, 'names no group; want one defined by GRP');
  if (functionOf(op) === 'reset-to-symmetry') return resetToSymmetry(context, op);
  if (functionOf(op) === 'zero-shift') return zeroShift(context, op);
  if (functionOf(op) === 'gradient')
    throw trap(op, 'function gradient is reserved; want verify, one-shot, reset-to-symmetry or zero-shift');
  if (op.length !== shape.rows) throw trap(op, `programs ${op.length} rows; group W${shape.id} has ${shape.rows}`);
  const { slices, sliceBits } = shape.csrs;
  if (slices > 1 && sliceBits === 0) throw trap(op, `finds ${slices} slices of SLICE_BITS 0; want at least one bit per slice`);
  if (!(shape.csrs.weightMax > 0)) throw trap(op, `finds WEIGHT_MAX ${shape.csrs.weightMax}; want more than 0`);
  const state = stateOf(context, op, shape);
  loadTargets(context, op, state);
  state.event++;
  state.programmedAt = context.ageSeconds;
  state.seconds = undefined;
  state.drift = undefined;
  const tolerance = numberOf(op, 'b', 0) || shape.csrs.programTolerance;
  const activity =
    functionOf(op) === 'one-shot' ? programOnce(context, op, state, tolerance) : verified(context, state, tolerance);
  writeStatistics(context, op, activity);
  return !flagOf(op, 'FREE')
    ? activity
    : {
        ...activity,
        ...{ readJoules: 0, pulseJoules: 0, linePulses: 0 },
        ...{ programSteps: undefined, programReads: undefined, pulseSlots: undefined },
      };
}

function verified(context: MachineContext, state: GroupState, tolerance: number): Activity {
  const programmed = programArrays(context, state, tolerance, state.shape.csrs.programLimit);
  preparePulses(context, state, programmed);
  return programActivity(context, state, programmed);
}

function writeStatistics(context: MachineContext, op: IssuedOperation, activity: Activity): void {
  if (op.d.kind !== 'spm') return;
  const out = context.kernels.f32(spmPointer(context.scratchpad, op, spmAddress(op, 'd'), 3, 'f32'), 3);
  out.set([activity.pulses, activity.failedCells, activity.verifyReads]);
}

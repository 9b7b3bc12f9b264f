import { ageCells } from './age-cells.ts';
import type { MachineContext } from './context.ts';
import { effectiveWeights } from './effective-weights.ts';
import { cellCount } from './pulsed-state.ts';
import { sliceFactor } from './slice-weights.ts';

/**
 * Weights a programmed group holds at the present device age, in the units of WEIGHT_MAX: row-major rows x columns, free of read noise.
 * RangeError for a group that was not programmed.
 */
export function heldWeights(context: MachineContext, groupId: number): Float32Array {
  const state = context.groups.get(groupId);
  if (state === undefined) throw new RangeError(`group is ${groupId}; want one that PRG has programmed`);
  const { kernels } = context;
  const { slices, sliceBits, weightMax, driftOn, mapping } = state.shape.csrs;
  const count = cellCount(state);
  const fresh = state.pulsed !== undefined && !(driftOn && context.ageSeconds > state.programmedAt);
  const sums = new Float32Array(count);
  if (fresh) sums.set(kernels.f32(state.pulsed!.weights, count));
  else {
    ageCells(context, state, driftOn);
    const constant = mapping === 'digital-offset' ? state.map.middleS / state.map.scaleS : 0;
    const mark = kernels.mark();
    const slice = kernels.allocate(4 * count);
    for (let s = 0; s < slices; s++) {
      effectiveWeights(kernels, state, s, slice);
      const factor = sliceFactor({ slices, bits: sliceBits }, s);
      const values = kernels.f32(slice, count);
      for (let i = 0; i < count; i++) sums[i] = sums[i]! + factor * (values[i]! - constant);
    }
    kernels.release(mark);
  }
  return sums.map((weight) => weight * weightMax);
}

import type { MachineContext } from './context.ts';
import type { GroupState } from './state.ts';

/** Multiplies vectors of outputs (f32[n x columns]) by the factors a group was given, if any. */
export function applyDriftScale(context: MachineContext, { drift, layout }: GroupState, y: number, n: number): void {
  if (drift === undefined) return;
  const { columns } = layout;
  const values = context.kernels.f32(y, n * columns);
  const { factors } = drift;
  for (let i = 0; i < values.length; i++) values[i] = values[i]! * factors[i % columns]!;
}

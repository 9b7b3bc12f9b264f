import type { MachineContext } from './context.ts';
import type { ArrayView, InputBlock, SlicePanel } from './state.ts';

/** Sag of a line whose cells draw `a`: the cubic fit of aihwkit's IR-drop approximation. */
export const irSag = (a: number): number => a * (0.05 * a * a - 0.2 * a + 0.5);

/**
 * IR drop along the output lines, cubic approximation (aihwkit, applyIrDrop): with n driven lines,
 *   a_i = n sum_j |w_ij x_j| (G_max R_wire),   y_i -= irSag(a_i) sum_j w_ij x_j (1 - (1 - j / n)^2).
 * Line j = 0 lies next to the converter. Where one device holds the weight, |w_ij| is the conductance g_ij / G_max the line
 * really carries, not the weight. y is f32[n x outputs] and is corrected in place.
 */
export function dropVoltage(
  context: MachineContext,
  view: ArrayView,
  block: InputBlock,
  panel: SlicePanel,
  x: number,
  y: number,
  n: number,
): void {
  const { kernels } = context;
  const count = n * view.outputs;
  const perLine = block.length * context.device.maxS * context.chip.tile.array.lineOhmPerCell;
  const mark = kernels.mark();
  const magnitude = kernels.allocate(4 * n * block.length);
  const [drawn, distant] = [kernels.allocate(4 * count), kernels.allocate(4 * count)];
  const [from, absolute] = [kernels.f32(x, n * block.length), kernels.f32(magnitude, n * block.length)];
  for (let i = 0; i < absolute.length; i++) absolute[i] = Math.abs(from[i]!);
  kernels.gemm(drawn, magnitude, panel.magnitudes, n, block.length, view.outputs, view.outputs, block.length, false);
  kernels.gemm(distant, x, panel.distant, n, block.length, view.outputs, view.outputs, block.length, false);
  const [result, current, shaped] = [kernels.f32(y, count), kernels.f32(drawn, count), kernels.f32(distant, count)];
  for (let i = 0; i < count; i++) result[i] = result[i]! - irSag(current[i]! * perLine) * shaped[i]!;
  kernels.release(mark);
}

import type { CellModel } from '../device/cell-model.ts';
import type { Kernels } from '../numeric/kernels.ts';

/** Values a kernel call is about to overwrite. */
const copyOf = (kernels: Kernels, pointer: number, count: number): Float32Array => kernels.f32(pointer, count).slice();

/**
 * The cell with everything it adds to its targets - programming error, relaxation, low-frequency noise - multiplied by `factor`: 1 is the
 * cell as it is, 0 hits every target for ever. Pulses, heat and white read noise stay. RangeError unless the factor is at least 0.
 */
export function spreadCell(cell: CellModel, factor: number): CellModel {
  if (!(factor >= 0)) throw new RangeError(`factor is ${factor}; want at least 0`);
  if (factor === 1) return cell;
  const { minS, maxS } = cell;
  return {
    ...cell,
    program(kernels, writtenS, targetS, block, tolerance, limit) {
      const count = block.rows * block.columns;
      const targets = copyOf(kernels, targetS, count);
      const outcome = cell.program(kernels, writtenS, targetS, block, tolerance, limit);
      const written = kernels.f32(writtenS, count);
      for (let at = 0; at < count; at++) written[at] = targets[at]! + factor * (written[at]! - targets[at]!);
      return outcome;
    },
    age(kernels, nowS, writtenS, block, seconds, frozen) {
      const count = block.rows * block.columns;
      const fresh = copyOf(kernels, writtenS, count);
      cell.age(kernels, nowS, writtenS, block, seconds, frozen);
      if (seconds === 0) return;
      const now = kernels.f32(nowS, count);
      for (let at = 0; at < count; at++) now[at] = Math.min(maxS, Math.max(minS, fresh[at]! + factor * (now[at]! - fresh[at]!)));
    },
  };
}

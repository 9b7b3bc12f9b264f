import type { Kernels } from '../numeric/kernels.ts';
import type { Span } from './group-layout.ts';
import type { ArrayView } from './state.ts';

/** Packs rows (forward) or columns (transposed) of a block out of a row-major rows x columns matrix. */
export function packBlock(kernels: Kernels, view: ArrayView, block: Span, packed: number, matrix: number): void {
  if (view.direction === 'forward')
    kernels.pack(packed, matrix + 4 * block.start * view.outputs, block.length, view.outputs, view.outputs);
  else kernels.packTransposed(packed, matrix + 4 * block.start, block.length, view.outputs, view.inputs);
}

import type { MachineContext } from './context.ts';
import type { Span } from './group-layout.ts';
import type { CellArray, Direction, GroupState } from './state.ts';

/**
 * Siemens that each input line of a block drives: the sum over all its cells (both devices of pairs, all slices, the
 * reference column) of 1 / (1 / G + access resistance). With these sums the read energy of a vector costs O(lines).
 * Bit lines the matrix does not use are deselected (their cells' gates stay closed) and draw nothing.
 */
export function lineConductance(
  context: MachineContext,
  state: GroupState,
  direction: Direction,
  block: Span,
  out: number,
): void {
  const { kernels } = context;
  const sums = new Float64Array(block.length);
  const accessOhm = context.chip.tile.array.accessOhm;
  const forward = direction === 'forward';
  for (const array of state.cells) addCells(sums, array, forward);
  // a transposed read drives bit lines; the reference is then subtracted digitally, its column stays idle
  if (state.reference !== undefined && forward) addCells(sums, state.reference, true);
  kernels.f32(out, block.length).set(sums);

  function addCells(into: Float64Array, array: CellArray, byRow: boolean): void {
    const cells = kernels.f32(array.nowS, array.rows * array.columns);
    const [lines, others] = [block.length, byRow ? array.columns : array.rows];
    for (let i = 0; i < lines; i++) {
      for (let j = 0; j < others; j++) {
        const conductanceS = byRow ? cells[(block.start + i) * array.columns + j]! : cells[j * array.columns + block.start + i]!;
        into[i] = into[i]! + throughAccess(conductanceS, accessOhm);
      }
    }
  }
}

/** Conductance of a cell in series with its access transistor. */
export const throughAccess = (conductanceS: number, accessOhm: number): number => conductanceS / (1 + conductanceS * accessOhm);

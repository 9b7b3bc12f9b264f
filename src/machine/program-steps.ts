import type { ProgramOutcome } from '../device/cell-model.ts';
import type { CellArray, GroupState } from './state.ts';

/** One programmed cell array and what it took. */
export interface ProgrammedArray {
  readonly array: CellArray;
  readonly outcome: ProgramOutcome;
}

/**
 * Serial pulse-and-verify steps of every tile of a group, replicas included, in tile order: row after row, each row in runs of
 * `parallelWrites` neighbouring bit lines that are pulsed together until the slowest is done.
 */
export function programSteps(state: GroupState, programmed: readonly ProgrammedArray[], parallelWrites: number): Float64Array {
  const { rowSpans, columnSpans } = state.layout;
  const { rowBlocks, columnBlocks, replicas } = state.shape;
  const perTile = rowBlocks * columnBlocks;
  const steps = new Float64Array(perTile * replicas);
  for (const [r, rows] of rowSpans.entries()) {
    for (const [c, columns] of columnSpans.entries()) {
      let serial = 0;
      for (let row = rows.start; row < rows.start + rows.length; row++)
        serial += rowSteps(bitLines(programmed, state, row, columns, c), parallelWrites);
      steps[r * columnBlocks + c] = serial;
    }
  }
  for (let copy = 1; copy < replicas; copy++) steps.copyWithin(copy * perTile, 0, perTile);
  return steps;
}

/** Pulse counts of one row of one tile, bit line by bit line. */
function bitLines(
  programmed: readonly ProgrammedArray[],
  state: GroupState,
  row: number,
  columns: { readonly start: number; readonly length: number },
  block: number,
): number[] {
  const counts: number[] = [];
  const cells = programmed.filter(({ array }) => array !== state.reference);
  for (let column = columns.start; column < columns.start + columns.length; column++) {
    for (const { array, outcome } of cells) counts.push(outcome.pulses[row * array.columns + column]!);
  }
  const reference = programmed.find(({ array }) => array === state.reference);
  if (reference !== undefined) counts.push(reference.outcome.pulses[row * reference.array.columns + block]!);
  return counts;
}

/** Sum over runs of the run's slowest cell. */
export function rowSteps(counts: readonly number[], parallelWrites: number): number {
  let steps = 0;
  for (let from = 0; from < counts.length; from += parallelWrites) {
    let slowest = 0;
    for (let i = from; i < Math.min(counts.length, from + parallelWrites); i++) slowest = Math.max(slowest, counts[i]!);
    steps += slowest;
  }
  return steps;
}

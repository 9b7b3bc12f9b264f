import type { ProgramOutcome } from '../device/cell-model.ts';
import type { CellArray, GroupState } from './state.ts';

/** One programmed cell array and what it took. */
export interface ProgrammedArray {
  readonly array: CellArray;
  readonly outcome: ProgramOutcome;
}

/** What every tile of a group does one after the other to program it, replicas included, in tile order. */
export interface SerialSteps {
  /** Pulses, each with the verify read after it. */
  readonly programSteps: Float64Array;
  /** Reads before first pulses. */
  readonly programReads: Float64Array;
}

/**
 * Row after row, each row in runs of `parallelWrites` neighbouring bit lines: a run is read once, then pulsed and read until its
 * slowest cell is done. With `onlyPulsed`, runs without a pulse are left alone.
 */
export function serialSteps(
  state: GroupState,
  programmed: readonly ProgrammedArray[],
  parallelWrites: number,
  onlyPulsed = false,
): SerialSteps {
  const { rowSpans, columnSpans } = state.layout;
  const { rowBlocks, columnBlocks, replicas } = state.shape;
  const perTile = rowBlocks * columnBlocks;
  const [programSteps, programReads] = [new Float64Array(perTile * replicas), new Float64Array(perTile * replicas)];
  for (const [r, rows] of rowSpans.entries()) {
    for (const [c, columns] of columnSpans.entries()) {
      const tile = r * columnBlocks + c;
      for (let row = rows.start; row < rows.start + rows.length; row++) {
        const { steps, runs, pulsed } = stepsOfRuns(bitLines(programmed, state, row, columns, c), parallelWrites);
        programSteps[tile]! += steps;
        programReads[tile]! += onlyPulsed ? pulsed : runs;
      }
    }
  }
  for (let copy = 1; copy < replicas; copy++)
    for (const steps of [programSteps, programReads]) steps.copyWithin(copy * perTile, 0, perTile);
  return { programSteps, programReads };
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

/** Sum over runs of the run's slowest cell, and how many runs there are and how many are pulsed. */
function stepsOfRuns(counts: readonly number[], parallelWrites: number) {
  let [steps, runs, pulsed] = [0, 0, 0];
  for (let from = 0; from < counts.length; from += parallelWrites) {
    let slowest = 0;
    for (let i = from; i < Math.min(counts.length, from + parallelWrites); i++) slowest = Math.max(slowest, counts[i]!);
    steps += slowest;
    runs += 1;
    if (slowest > 0) pulsed += 1;
  }
  return { steps, runs, pulsed };
}

/** Sum over runs of the run's slowest cell. */
export const rowSteps = (counts: readonly number[], parallelWrites: number): number => stepsOfRuns(counts, parallelWrites).steps;

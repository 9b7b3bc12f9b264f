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
  // One cell a weight, as in every verified update: its counts lie as its bit lines do.
  const alone = programmed.length === 1 && programmed[0]!.array !== state.reference ? programmed[0]! : undefined;
  const [programSteps, programReads] = [new Float64Array(perTile * replicas), new Float64Array(perTile * replicas)];
  for (const [r, rows] of rowSpans.entries()) {
    for (const [c, columns] of columnSpans.entries()) {
      const tile = r * columnBlocks + c;
      for (let row = rows.start; row < rows.start + rows.length; row++) {
        const first = row * (alone?.array.columns ?? 0) + columns.start;
        const { steps, runs, pulsed } =
          alone === undefined
            ? stepsOfRuns(bitLines(programmed, state, row, columns, c), parallelWrites)
            : stepsOfRuns(alone.outcome.pulses, parallelWrites, first, first + columns.length);
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

/** Sum over runs of the run's slowest cell, and how many runs there are and how many are pulsed; of `counts` from `first` to `end`. */
function stepsOfRuns(counts: ArrayLike<number>, parallelWrites: number, first = 0, end = counts.length) {
  let [steps, runs, pulsed] = [0, 0, 0];
  for (let from = first; from < end; from += parallelWrites) {
    const behind = Math.min(end, from + parallelWrites);
    let slowest = 0;
    for (let i = from; i < behind; i++) if (counts[i]! > slowest) slowest = counts[i]!;
    steps += slowest;
    runs += 1;
    if (slowest > 0) pulsed += 1;
  }
  return { steps, runs, pulsed };
}

/** Sum over runs of the run's slowest cell. */
export const rowSteps = (counts: readonly number[], parallelWrites: number): number => stepsOfRuns(counts, parallelWrites).steps;

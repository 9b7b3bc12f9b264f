import type { ChipDescription } from '../chip/description.ts';
import type { Program } from '../isa/program.ts';
import type { Fidelity, InstanceRun } from './run-instance.ts';

const lineOf = (program: Program, word: number): string => {
  const entry = program.lines.find((line) => line.word === word);
  return entry === undefined ? `word ${word}` : `${program.sourceName}:${entry.line}`;
};

function endingWarning(program: Program, { ending }: InstanceRun): string[] {
  switch (ending.ended) {
    case 'halted':
      return [];
    case 'trapped':
      return [`the program trapped at ${lineOf(program, ending.word)}: ${ending.reason}`];
    case 'deadlocked':
      return [`the program is deadlocked: ${ending.waits.join('; ')}`];
    case 'limit':
      return [`the run met its limit: ${ending.limit}`];
  }
}

/** What a reader of the report must know before trusting it. */
export function runWarnings(program: Program, chip: ChipDescription, runs: readonly InstanceRun[], fidelity: Fidelity): string[] {
  const warnings = [...new Set(runs.flatMap((run) => endingWarning(program, run)))];
  const failed = runs[0]?.totals.failedCells ?? 0;
  const pulses = runs[0]?.totals.pulses ?? 0;
  if (failed > 0) warnings.push(`${failed} cells did not reach their target within the pulse limit (${pulses} pulses in all)`);
  if (fidelity === 'timing')
    warnings.push('activity is declared (means of the calibration samples), not computed: fidelity timing');
  const drop = worstColumnDrop(chip);
  if (drop > 0.05)
    warnings.push(
      `IR drop along a full bit line reaches ${(drop * 100).toFixed(1)} % of the read voltage with every word line on; the usual limit is 5 %`,
    );
  return warnings;
}

/** 0.5 r L sum(G) of a column whose cells all sit mid-window (48.6 uS for CMO/HfOx) with every word line on. */
function worstColumnDrop(chip: ChipDescription): number {
  const midWindowS = 48.6e-6;
  return 0.5 * chip.tile.array.lineOhmPerCell * chip.tile.rows * chip.tile.rows * midWindowS;
}

import { csrs } from '../../isa/csrs.ts';
import type { ChipDescription } from '../chip/description.ts';
import { readWindowSeconds, settlingSeconds, writableAtOnce } from '../chip/timing-rules.ts';
import { deviceNamed } from '../device/devices.ts';
import { readIntegerImmediate } from '../isa/immediates.ts';
import type { Instruction } from '../isa/instruction.ts';
import type { Program } from '../isa/program.ts';
import { decodeProgram } from '../sequence/decode-program.ts';
import { formatQuantity } from '../units/format-quantity.ts';
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

/** Share of the read voltage a bit line may lose before designers object; assumed. */
const usualDropLimit = 0.05;

/** What a reader of the report must know before trusting it. `instructions`: the decoded words, where they are at hand. */
export function runWarnings(
  program: Program,
  chip: ChipDescription,
  runs: readonly InstanceRun[],
  fidelity: Fidelity,
  instructions: readonly Instruction[] = decodeProgram(program.words),
): string[] {
  const warnings = [...new Set(runs.flatMap((run) => endingWarning(program, run)))];
  const failed = Math.max(...runs.map(({ totals }) => totals.failedCells));
  if (failed > 0) warnings.push(`up to ${failed} cells of an instance did not reach their target within the pulse limit`);
  if (fidelity === 'timing')
    warnings.push('activity is declared (means of the calibration samples), not computed: fidelity timing');
  const drop = worstColumnDrop(chip);
  if (drop > usualDropLimit)
    warnings.push(
      `IR drop along a full bit line reaches ${(drop * 100).toFixed(1)} % of the read voltage with every word line on; the usual limit is ${usualDropLimit * 100} %`,
    );
  return [...warnings, ...settlingWarnings(chip), ...currentWarnings(chip), ...updateWarnings(instructions, chip)];
}

/** Lines that are read before they stand still. */
function settlingWarnings({ tile }: ChipDescription): string[] {
  const [needed, given] = [settlingSeconds(tile), readWindowSeconds(tile)];
  if (needed <= given) return [];
  const [need, give] = [needed, given].map((seconds) => formatQuantity(seconds, 's'));
  return [`word lines take ${need} to settle to half a converter step; settling time and shortest pulse together are ${give}`];
}

/** Mean share of the word lines that are on during a read; assumed. */
const meanActivity = 0.25;
/** Writes at once a chip is expected to manage. */
const usualWrites = 16;

/** What the current a line may carry does to reads and writes. */
function currentWarnings({ tile, device }: ChipDescription): string[] {
  const { array, rows } = tile;
  if (array.kind === 'sram') return [];
  const { minS, maxS } = deviceNamed(device);
  const mean = (array.readV * array.heatDuty * rows * meanActivity * (minS + maxS)) / 2;
  const warnings: string[] = [];
  if (mean > array.maxLineA)
    warnings.push(
      `a bit line carries ${inAmperes(mean)} with a quarter of the word lines on and cells at mid-window; its limit is ${inAmperes(array.maxLineA)} (electromigration)`,
    );
  const writes = writableAtOnce(array);
  if (writes < usualWrites)
    warnings.push(
      `the line limit of ${inAmperes(array.maxLineA)} lets ${writes} cell${writes === 1 ? '' : 's'} be written at once instead of ${usualWrites}: writes are serial and take longer`,
    );
  return warnings;
}

/** Update slots that may select more cells of a line than its current allows, when the program does not limit them. */
function updateWarnings(instructions: readonly Instruction[], { tile, device }: ChipDescription): string[] {
  if (device === 'ideal' || tile.array.kind === 'sram' || !instructions.some(({ mnemonic }) => mnemonic === 'OPU')) return [];
  const limits = instructions
    .filter(({ mnemonic, fn }) => mnemonic === 'SETC' && fn === csrs.LINE_LIMIT.id)
    .map(({ a }) => (a.kind === 'imm' ? readIntegerImmediate(a.value) : 0));
  const most = Math.max(tile.rows, tile.columns);
  const selected = limits.length === 0 || limits.includes(0) ? most : Math.min(most, Math.max(...limits));
  const allowed = writableAtOnce(tile.array);
  if (selected <= allowed) return [];
  return [
    `an update slot may select ${selected} cells of a line, ${inAmperes(selected * tile.array.writeA)}; the line limit of ${inAmperes(tile.array.maxLineA)} lets ${allowed} be pulsed at once: LINE_LIMIT ${allowed} (training: update.lineLimit) splits the slots, and the update takes longer`,
  ];
}

const inAmperes = (amperes: number): string => formatQuantity(amperes, 'A');

/** 0.5 r L sum(G) of a column whose cells all sit mid-window, with every word line on. */
function worstColumnDrop({ tile, device }: ChipDescription): number {
  if (tile.array.kind === 'sram' || tile.array.heatDuty === 0) return 0;
  const { minS, maxS } = deviceNamed(device);
  return (0.5 * tile.array.lineOhmPerCell * tile.rows * tile.rows * (minS + maxS)) / 2;
}

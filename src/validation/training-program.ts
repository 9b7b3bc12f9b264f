import { chipPreset } from '../chip/presets.ts';
import { varyChip } from '../chip/vary.ts';
import type { CellModel } from '../device/cell-model.ts';
import type { Program } from '../isa/program.ts';
import { createMachine, type Machine } from '../machine/machine.ts';
import { createKernels } from '../numeric/create-kernels.ts';
import { decodeProgram } from '../sequence/decode-program.ts';
import { groupDefaults } from '../sequence/group-defaults.ts';
import { createSequencer } from '../sequence/sequencer.ts';

/** Where and how an experiment's program runs. */
export interface TrainingRun {
  readonly program: Program;
  readonly device: CellModel;
  readonly seed: number;
  /** Rows and columns of the tiles. */
  readonly size: number;
  readonly settings?: readonly string[];
}

/** Runs a program for its values on a chip with ideal converters (but for `settings`); RangeError when it does not halt. */
export function runTraining({ program, device, seed, size, settings = [] }: TrainingRun): Machine {
  const tile = [`tile.rows=${size}`, `tile.columns=${2 * size}`];
  const chip = varyChip(chipPreset('ideal'), [...tile, ...settings]).chip.description;
  const machine = createMachine({ chip, device, kernels: createKernels(), program, seed, chipSeed: seed });
  const sequencer = createSequencer({
    instructions: decodeProgram(program.words),
    regions: [],
    groupDefaults: groupDefaults(chip),
    format: chip.vector.format,
    special: machine.special,
  });
  for (let operation = sequencer.next(); operation !== undefined; operation = sequencer.next()) machine.execute(operation);
  if (sequencer.trapped !== undefined) throw new RangeError(`the program trapped: ${sequencer.trapped.reason}; want it to halt`);
  return machine;
}

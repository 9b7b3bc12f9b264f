import type { ChipDescription } from '../../src/chip/description.ts';
import { deviceNamed } from '../../src/device/devices.ts';
import type { Program } from '../../src/isa/program.ts';
import type { EvaluationResult } from '../../src/machine/context.ts';
import { createMachine, type Machine } from '../../src/machine/machine.ts';
import { createKernels } from '../../src/numeric/create-kernels.ts';
import { decodeProgram } from '../../src/sequence/decode-program.ts';
import { groupDefaults } from '../../src/sequence/group-defaults.ts';
import type { IssuedOperation } from '../../src/sequence/issued-operation.ts';
import { createSequencer } from '../../src/sequence/sequencer.ts';

export interface Watcher {
  before?(operation: IssuedOperation, machine: Machine): void;
  after?(operation: IssuedOperation, machine: Machine): void;
}

/** Runs a program on the value machine, showing every operation before and after it. */
export function runProgram(program: Program, chip: ChipDescription, watch: Watcher = {}): readonly EvaluationResult[] {
  const device = deviceNamed(chip.device);
  const machine = createMachine({ chip, device, kernels: createKernels(), program, seed: 1, chipSeed: 1 });
  const sequencer = createSequencer({
    instructions: decodeProgram(program.words),
    regions: program.regions,
    scopes: program.scopes,
    groupDefaults: groupDefaults(chip),
    format: chip.vector.format,
    special: machine.special,
    setSpecial: machine.setSpecial,
  });
  for (let operation = sequencer.next(); operation !== undefined; operation = sequencer.next()) {
    watch.before?.(operation, machine);
    machine.execute(operation);
    watch.after?.(operation, machine);
  }
  if (sequencer.trapped !== undefined) throw new Error(`trapped: ${sequencer.trapped.reason}`);
  return machine.results;
}

/** f32 values of the scratchpad. */
export const floatsAt = (machine: Machine, address: number, count: number): Float32Array =>
  new Float32Array(machine.readSpm(address, 4 * count).buffer);

/** Logits the program scores in its evaluate phase, sample after sample, and what it counted. */
export function logitsOf(program: Program, chip: ChipDescription): { logits: number[]; results: readonly EvaluationResult[] } {
  const logits: number[] = [];
  const results = runProgram(program, chip, {
    before: ({ mnemonic, a, rows, length, phase }, machine) => {
      if (mnemonic !== 'LOSS' || a.kind !== 'spm' || program.regions[phase]?.name !== 'evaluate') return;
      logits.push(...floatsAt(machine, a.address, rows * length));
    },
  });
  return { logits, results };
}

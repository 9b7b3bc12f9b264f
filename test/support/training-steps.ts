import { chipDevice } from '../../src/chip/chip-device.ts';
import { trainingRegions } from '../../src/compiler/training/training-program.ts';
import type { Program } from '../../src/isa/program.ts';
import { createMachine, type Machine } from '../../src/machine/machine.ts';
import { createKernels } from '../../src/numeric/create-kernels.ts';
import type { Activity } from '../../src/sequence/activity.ts';
import { decodeProgram } from '../../src/sequence/decode-program.ts';
import { groupDefaults } from '../../src/sequence/group-defaults.ts';
import type { IssuedOperation } from '../../src/sequence/issued-operation.ts';
import { createSequencer } from '../../src/sequence/sequencer.ts';
import { functionCode } from '../../src/sequence/table-lookup.ts';
import { manifestOf } from '../../src/simulate/manifest.ts';

/** A training program taken batch by batch, values only. */
export interface TrainingSteps {
  readonly machine: Machine;
  /** Executes what comes before the first batch, or the next batch; false when that was the last. `visit` sees every operation. */
  next(visit?: (operation: IssuedOperation, execute: () => Activity) => void): boolean;
}

export function trainingSteps(program: Program): TrainingSteps {
  const { chip } = manifestOf(program.manifest)!;
  const machine = createMachine({
    ...{ chip, device: chipDevice(chip), kernels: createKernels(), program, seed: 1, chipSeed: 1 },
  });
  const sequencer = createSequencer({
    ...{ instructions: decodeProgram(program.words), regions: program.regions, groupDefaults: groupDefaults(chip) },
    scopes: program.scopes,
    ...{ format: chip.vector.format, special: machine.special, setSpecial: machine.setSpecial },
  });
  const region = (kind: string, name: string) =>
    program.regions.findIndex((candidate) => candidate.kind === kind && candidate.name === name);
  const training = program.regions[region('evaluation', trainingRegions.training)]!.id;
  const load = region('phase', 'load');
  const [begin, end] = [functionCode('MARK', 'begin'), functionCode('MARK', 'end')];
  const marks = ({ mnemonic, fn, a }: IssuedOperation, id: number, code: number): boolean =>
    mnemonic === 'MARK' && fn === code && a.kind === 'value' && a.value === id;
  let inside = false;
  let loading = false;
  /** The first word of the next batch. */
  let held: IssuedOperation | undefined;
  return {
    machine,
    next(visit = (_, execute) => void execute()) {
      for (let operation = held ?? sequencer.next(); operation !== undefined; operation = sequencer.next()) {
        const issued = operation;
        const begins = inside && !loading && issued.phase === load;
        loading = issued.phase === load;
        if (begins) {
          held = issued;
          return true;
        }
        visit(issued, () => machine.execute(issued));
        if (marks(issued, training, begin)) inside = true;
        else if (marks(issued, training, end)) return false;
      }
      return false;
    },
  };
}

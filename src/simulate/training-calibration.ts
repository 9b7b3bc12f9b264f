import { type CompileTraining, compileTraining, type TrainingMapping } from '../compiler/training/compile-training.ts';
import type { CellModel } from '../device/cell-model.ts';
import type { Program } from '../isa/program.ts';
import { createMachine } from '../machine/machine.ts';
import { Trap } from '../machine/trap.ts';
import { createKernels } from '../numeric/create-kernels.ts';
import { decodeProgram } from '../sequence/decode-program.ts';
import { groupDefaults } from '../sequence/group-defaults.ts';
import { createSequencer } from '../sequence/sequencer.ts';
import { type CalibrationExtent, type CalibrationMeter, createCalibrationMeter } from './calibration-meter.ts';
import type { MeasuredTraining } from './training-manifest.ts';
import { shuffleTraining } from './training-order.ts';

/** Multiply-accumulates of forward, backward and update passes that the calibration run may take: a few seconds. */
const mostOperations = 6e9;
/** Fewer batches say little about a mean. */
const fewestBatches = 20;

export interface Calibration {
  readonly input: CompileTraining;
  readonly mapping: TrainingMapping;
  readonly device: CellModel;
  readonly seed: number;
  readonly chipSeed: number;
}

/** How much of a training is measured; undefined when even a little would take too long. */
export function calibrationExtent({ plan, train }: CompileTraining, mapping: TrainingMapping): CalibrationExtent | undefined {
  const perEpoch = train.count / plan.batch;
  const affordable = Math.floor(mostOperations / (1.5 * mapping.operationsPerSample * plan.batch));
  const batches = Math.min(affordable, perEpoch * plan.epochs);
  return batches < Math.min(fewestBatches, perEpoch) ? undefined : { batches, perEpoch, batch: plan.batch, epochs: plan.epochs };
}

/**
 * Mean activity of every epoch of a training, measured on the first samples of that very training. The test set is left out: reading
 * changes nothing. Undefined when even that would take too long, or when the program traps.
 */
export function calibrateTraining({ input, device, seed, chipSeed, mapping }: Calibration): MeasuredTraining | undefined {
  const extent = calibrationExtent(input, mapping);
  if (extent === undefined) return undefined;
  const program = compileTraining(input, mapping, undefined);
  const meter = createCalibrationMeter(program, extent);
  return runBatches(program, input, device, { seed, chipSeed }, meter) ? meter.measured() : undefined;
}

interface Seeds {
  readonly seed: number;
  readonly chipSeed: number;
}

/** Runs until the meter has enough; false when the program traps before. */
function runBatches(
  program: Program,
  { chip, train }: CompileTraining,
  device: CellModel,
  { seed, chipSeed }: Seeds,
  meter: CalibrationMeter,
): boolean {
  const machine = createMachine({ chip, device, kernels: createKernels(), program, seed, chipSeed });
  const sequencer = createSequencer({
    ...{ instructions: decodeProgram(program.words), regions: program.regions, groupDefaults: groupDefaults(chip) },
    scopes: program.scopes,
    ...{ format: chip.vector.format, special: machine.special, setSpecial: machine.setSpecial },
  });
  const testing = program.regions.findIndex(({ kind, name }) => kind === 'phase' && name === 'evaluate');
  let epoch = 0;
  try {
    for (let operation = sequencer.next(); operation !== undefined; operation = sequencer.next()) {
      if (operation.phase === testing) continue;
      const reached = meter.reach(operation);
      if (reached === 'end') return true;
      if (reached === 'epoch') shuffleTraining(machine, program, { samples: train.count, orderSeed: seed }, ++epoch);
      meter.add(operation, machine.execute(operation));
    }
    return true;
  } catch (error) {
    if (error instanceof Trap) return false;
    throw error;
  }
}

import { type CompileTraining, compileTraining, type TrainingMapping } from '../compiler/training/compile-training.ts';
import type { CellModel } from '../device/cell-model.ts';
import type { Program } from '../isa/program.ts';
import { createMachine } from '../machine/machine.ts';
import { Trap } from '../machine/trap.ts';
import { createKernels } from '../numeric/create-kernels.ts';
import { decodeProgram } from '../sequence/decode-program.ts';
import { groupDefaults } from '../sequence/group-defaults.ts';
import { createSequencer } from '../sequence/sequencer.ts';
import { type ActivityMeter, createActivityMeter, mixActivities } from './measured-activity.ts';
import type { MeasuredTraining } from './training-manifest.ts';
import { shuffleTraining } from './training-order.ts';

/** Multiply-accumulates of forward, backward and update passes that the calibration run may take: a few seconds. */
const mostOperations = 6e9;
/** Fewer batches say little about a mean. */
const fewestBatches = 20;
/** The last part of the calibration run stands for what comes after it. */
const lastShare = 1 / 4;

export interface Calibration {
  readonly input: CompileTraining;
  readonly mapping: TrainingMapping;
  readonly device: CellModel;
  readonly seed: number;
  readonly chipSeed: number;
}

/**
 * Mean activity of every epoch of a training, measured on the first samples of that very training. The test set is left out: reading
 * changes nothing. Undefined when even that would take too long, or when the program traps.
 */
export function calibrateTraining({ input, device, seed, chipSeed, mapping }: Calibration): MeasuredTraining | undefined {
  const { plan, train } = input;
  const perEpoch = train.count / plan.batch;
  const affordable = Math.floor(mostOperations / (1.5 * mapping.operationsPerSample * plan.batch));
  const batches = Math.min(affordable, perEpoch * plan.epochs);
  if (batches < Math.min(fewestBatches, perEpoch)) return undefined;
  const program = compileTraining(input, mapping, undefined);
  const run = runBatches(program, input, device, { seed, chipSeed, batches, perEpoch });
  if (run === undefined) return undefined;
  const rest = run.last.means();
  const epochs = Array.from({ length: plan.epochs }, (_, epoch) => {
    const share = Math.min(1, Math.max(0, batches / perEpoch - epoch));
    const own = run.epochs[epoch]?.means();
    if (own === undefined || share === 0) return rest;
    return mixActivities([
      { weight: share, measured: own },
      { weight: 1 - share, measured: rest },
    ]);
  });
  return { samples: batches * plan.batch, epochs };
}

interface Extent {
  readonly seed: number;
  readonly chipSeed: number;
  readonly batches: number;
  readonly perEpoch: number;
}

/** Activity by epoch, and of the last part of all batches. */
function runBatches(
  program: Program,
  { chip, train }: CompileTraining,
  device: CellModel,
  { seed, chipSeed, batches, perEpoch }: Extent,
): { readonly epochs: readonly ActivityMeter[]; readonly last: ActivityMeter } | undefined {
  const machine = createMachine({ chip, device, kernels: createKernels(), program, seed, chipSeed });
  const sequencer = createSequencer({
    ...{ instructions: decodeProgram(program.words), regions: program.regions, groupDefaults: groupDefaults(chip) },
    ...{ format: chip.vector.format, special: machine.special, setSpecial: machine.setSpecial },
  });
  const testing = program.regions.find(({ kind, name }) => kind === 'phase' && name === 'evaluate')?.id;
  const training = new Set(
    program.regions.filter(({ kind, name }) => kind === 'phase' && name !== 'program').map(({ id }) => id),
  );
  const epochs: ActivityMeter[] = [];
  const last = createActivityMeter();
  const from = Math.floor(batches * (1 - lastShare));
  let finished = 0;
  let scored = false;
  try {
    for (let operation = sequencer.next(); operation !== undefined; operation = sequencer.next()) {
      const { mnemonic, phase } = operation;
      if (phase === testing) continue;
      const activity = machine.execute(operation);
      if (!training.has(phase)) continue;
      // A batch ends where the next one loads.
      if (scored && mnemonic === 'DLD') {
        scored = false;
        if (++finished === batches) break;
        if (finished % perEpoch === 0)
          shuffleTraining(machine, program, { samples: train.count, orderSeed: seed }, finished / perEpoch);
      }
      scored ||= mnemonic === 'LOSS';
      const epoch = Math.floor(finished / perEpoch);
      epochs[epoch] ??= createActivityMeter();
      epochs[epoch].add(operation, activity);
      if (finished >= from) last.add(operation, activity);
    }
  } catch (error) {
    if (error instanceof Trap) return undefined;
    throw error;
  }
  return { epochs, last };
}

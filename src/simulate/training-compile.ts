import { chipDevice } from '../chip/chip-device.ts';
import {
  type CompileTraining,
  compileTraining,
  mapTraining,
  type TrainingMapping,
} from '../compiler/training/compile-training.ts';
import { inputError } from '../config/issue.ts';
import type { Program } from '../isa/program.ts';
import { takeFirst } from '../network/data/data-set.ts';
import { generateDigits } from '../network/data/digits.ts';
import { findData } from '../network/data/find-data.ts';
import { checkFit } from '../network/evaluate.ts';
import type { DataSet, Network } from '../network/layer-graph.ts';
import { createKernels } from '../numeric/create-kernels.ts';
import type { Kernels } from '../numeric/kernels.ts';
import type { CalibrationExtent } from './calibration-meter.ts';
import { type CompilePorts, readNetwork } from './compile-experiment.ts';
import { type Experiment, type ExperimentOptions, parseAges, withOptions } from './experiment.ts';
import type { Age, Manifest } from './manifest.ts';
import type { Progress } from './progress.ts';
import { resolveChip } from './resolve-chip.ts';
import { ownWork } from './shared-work.ts';
import type { TrainedModel } from './train-model.ts';
import { type Calibration, calibrateTraining, calibrationExtent } from './training-calibration.ts';
import { initialParameters } from './training-initial.ts';
import type { MeasuredTraining } from './training-manifest.ts';
import { inFirstOrder } from './training-order.ts';
import { type TrainedReference, trainAlike } from './training-reference.ts';
import { type AlgorithmSettings, trainingPlan } from './training-settings.ts';
import { updateStatistics } from './training-statistics.ts';

/** A compiled training run and what comparing it needs. */
export interface CompiledTraining {
  readonly program: Program;
  readonly experiment: Experiment;
  readonly settings: AlgorithmSettings;
  readonly network: Network;
  readonly reference: TrainedReference;
  readonly train: DataSet;
  readonly test: DataSet;
  readonly mapping: TrainingMapping;
  /** What a run of the program is still to measure, see `calibrate`. */
  readonly calibration: CalibrationExtent | undefined;
}

/** What the command line changes, and the model it trains in place of the network that the experiment names. */
export interface TrainingChanges extends ExperimentOptions {
  readonly timingOnly?: boolean;
  /**
   * Measure activity on a calibration run; default true. `by the run`: the training itself measures, with the same result, as it does
   * the same; false: nobody does.
   */
  readonly calibrate?: boolean | 'by the run';
  readonly model?: TrainedModel;
}

/** The embedded digits are one fixed set, whatever the seed of the run. */
const digitsSeed = 1;

/** Shorter retention is what the evaluation after every epoch already shows. */
const shortestAgeSeconds = 60;

/** A whole number of batches: the rest of the training set stays out. */
function wholeBatches(data: DataSet, { batch, samples }: AlgorithmSettings): DataSet {
  const wanted = Math.min(samples ?? data.count, data.count);
  if (batch > wanted) throw inputError('algorithm.batch', `${batch}`, `at most ${wanted}, the training samples there are`);
  return takeFirst(data, wanted - (wanted % batch));
}

/**
 * Reads data, trains the float network the same way (not with `timingOnly`), measures activity on a calibration run (see `calibrate`),
 * and emits the program that trains on the chip.
 * Throws InputError.
 */
export function compileTrainingExperiment(given: Experiment, options: TrainingChanges, ports: CompilePorts): CompiledTraining {
  const experiment = withOptions(given, options);
  const settings = experiment.algorithm;
  if (settings === undefined) throw new RangeError('algorithm is undefined; want an experiment that trains on the chip');
  const { chip, assumptions } = resolveChip(experiment.chip, experiment.set, ports.files, experiment.device);
  const device = chipDevice(chip);
  if (device.pulsed === undefined)
    throw inputError(
      `chip ${chip.name}`,
      `device ${chip.device}, which has no response to update pulses`,
      'one that can be trained',
    );
  const ages = parseAges(experiment.ages, experiment.name).filter(({ seconds }) => seconds >= shortestAgeSeconds);
  const { model } = options;
  const network = model?.network ?? readNetwork(experiment.network, ports);
  if (settings.deployTo > 0 && network.layers.some(({ kind }) => kind === 'lstm'))
    throw inputError(
      'algorithm.deployTo',
      `${settings.deployTo} with a recurrent network`,
      '0: its weights are not programmed onto other chips',
    );
  const loading = ports.progress.stage(options.data === undefined ? 'draw the embedded digits' : `read ${options.data}`);
  const shared = ports.shared ?? ownWork;
  const found = shared.data(options.data ?? '', () =>
    options.data === undefined ? generateDigits(digitsSeed) : findData(ports.files, options.data),
  );
  const both = model === undefined ? found : { train: model.fit(found.train), test: model.fit(found.test) };
  const train = wholeBatches(both.train, settings);
  const test = experiment.samples === undefined ? both.test : takeFirst(both.test, experiment.samples);
  checkFit(network, train);
  loading.done(`${train.count} training and ${test.count} test samples`);

  const kernels = createKernels();
  const start = model?.parameters ?? initialParameters(kernels, network, settings.initialisation, experiment.seed);
  // Time and energy need no accuracy to compare with.
  const reference: TrainedReference =
    options.timingOnly === true
      ? { parameters: start, epochs: [] }
      : shared.fromReads(
          both,
          JSON.stringify([network, train.digest, test.digest, settings.initialisation, experiment.seed]),
          settings,
          (read) => trainAlike(kernels, network, train, test, read, experiment.seed, start, ports.progress),
        );
  const input: CompileTraining = {
    ...{ name: experiment.name, network, parameters: start, chip, plan: trainingPlan(settings) },
    ...{ train: inFirstOrder(train, experiment.seed), test, ages: ages.map(({ seconds }) => seconds) },
    stepSize: device.pulsed.granularity,
  };
  const mapping = mapTraining(input);
  const { calibrate = true } = options;
  const calibration = calibrate === true ? measureActivity({ input, mapping, device, experiment }, ports.progress) : undefined;
  const manifest = manifestOf(experiment, input, mapping, { ages, assumptions, reference, kernels, settings, calibration });
  return {
    ...{ program: compileTraining(input, mapping, manifest), experiment, settings, network, reference, train, test, mapping },
    calibration: calibrate === 'by the run' ? calibrationExtent(input, mapping) : undefined,
  };
}

/** The calibration run that tells runs without values what words do. */
function measureActivity(
  { experiment, ...parts }: Omit<Calibration, 'seed' | 'chipSeed'> & { readonly experiment: Experiment },
  progress: Progress,
): MeasuredTraining | undefined {
  const stage = progress.stage('measure the activity of a training run');
  const { seed, chipSeed } = experiment;
  const found = calibrateTraining({ ...parts, seed, chipSeed });
  stage.done(found === undefined ? 'left out: it would take too long' : `${found.samples} samples`);
  return found;
}

interface ManifestParts {
  readonly ages: readonly Age[];
  readonly assumptions: Manifest['assumptions'];
  readonly reference: TrainedReference;
  readonly kernels: Kernels;
  readonly settings: AlgorithmSettings;
  readonly calibration: MeasuredTraining | undefined;
}

function manifestOf(experiment: Experiment, input: CompileTraining, mapping: TrainingMapping, parts: ManifestParts): Manifest {
  const { network, chip, train, test, plan } = input;
  const { reference, ages, assumptions, kernels, calibration } = parts;
  const statistics = updateStatistics(kernels, input, mapping, reference.parameters);
  return {
    ...{ schema: 'ohmic.manifest/1', name: experiment.name, network: network.name, chip, assumptions, seed: experiment.seed },
    // Training is one life of one chip.
    chipSeeds: [experiment.chipSeed],
    ...{ samples: test.count, dataDigest: test.digest, operationsPerSample: mapping.operationsPerSample },
    referenceAccuracy: reference.epochs.at(-1)?.accuracy ?? 0,
    ages: [{ label: 'after training', seconds: 0 }, ...ages],
    declared: statistics.groups,
    warnings: mapping.warnings,
    training: {
      ...{ algorithm: plan.algorithm.kind, epochs: plan.epochs, batch: plan.batch, learningRate: plan.learningRate },
      ...{ samples: train.count, orderSeed: experiment.seed, reference: reference.epochs, updates: statistics.updates },
      ...(calibration === undefined ? {} : { calibration }),
      layers: mapping.matrices.map(({ stage, group, fast }) => ({
        ...{ name: stage.name, group },
        ...(fast === undefined ? {} : { fast: fast.group }),
      })),
    },
  };
}

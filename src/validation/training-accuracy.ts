import { findData } from '../network/data/find-data.ts';
import { moments } from '../numeric/moments.ts';
import { type Experiment, parseExperiment } from '../simulate/experiment.ts';
import { manifestOf } from '../simulate/manifest.ts';
import { silentProgress } from '../simulate/progress.ts';
import { compileTrainingExperiment } from '../simulate/training-compile.ts';
import { createTrainingSimulation } from '../simulate/training-simulation.ts';
import type { ValidationPorts } from './ports.ts';

/** Test accuracy after training, 0 to 1. */
export interface TrainingAccuracy {
  readonly chip: number;
  /** Of the float network trained alike; 0 when not asked for. */
  readonly float: number;
}

export interface AccuracyWanted {
  readonly experiment: Experiment;
  /** Of the data order, the start, the chip and its noise. */
  readonly seed: number;
  /** Also train the float network. */
  readonly float?: boolean;
}

/** An experiment that ships with the package. */
export function shippedExperiment(ports: ValidationPorts, name: string): Experiment {
  const path = `${ports.workloads}/experiments/${name}.yaml`;
  return parseExperiment(new TextDecoder().decode(ports.files.read(path)), path);
}

/** Whether the data at hand are those a row was published on; by the beginning of their name. */
export const hasData = ({ data, files }: ValidationPorts, name: string): boolean =>
  data !== undefined && findData(files, data).test.name.startsWith(name);

/** Trains on the chip, values only, and scores the test set after the last epoch. RangeError when the program does not halt. */
export function trainingAccuracy(ports: ValidationPorts, { experiment, seed, float = false }: AccuracyWanted): TrainingAccuracy {
  const quiet = { ...ports, progress: silentProgress };
  const changes = {
    seed,
    chipSeed: seed,
    timingOnly: !float,
    calibrate: false,
    ...(ports.data === undefined ? {} : { data: ports.data }),
  };
  const { program, reference } = compileTrainingExperiment(experiment, changes, quiet);
  const simulation = createTrainingSimulation(program, manifestOf(program.manifest)!, {
    ...{ fidelity: 'values', seed, progress: silentProgress, now: ports.now },
  });
  const epochs = () => simulation.passes.filter(({ kind }) => kind === 'epoch');
  while (epochs().length < experiment.algorithm!.epochs) if (!simulation.step()) break;
  const last = epochs().at(-1);
  if (last?.test === undefined) throw new RangeError(`${experiment.name} has no accuracy; want a training run that halts`);
  return { chip: last.test.hits / last.test.count, float: reference.epochs.at(-1)?.accuracy ?? 0 };
}

export interface SampledAccuracy {
  readonly mean: number;
  readonly standardError: number;
  readonly float: number;
  readonly floatError: number;
  readonly each: readonly TrainingAccuracy[];
}

/** The experiment once for each of the seeds 1 to `seeds`. */
export function sampledAccuracy(ports: ValidationPorts, experiment: Experiment, seeds: number, float = false): SampledAccuracy {
  const each = Array.from({ length: seeds }, (_, at) => trainingAccuracy(ports, { experiment, seed: at + 1, float }));
  const [chip, software] = [moments(each.map((one) => one.chip)), moments(each.map((one) => one.float))];
  const root = Math.sqrt(seeds);
  return {
    ...{ mean: chip.mean, standardError: chip.deviation / root },
    ...{ float: software.mean, floatError: software.deviation / root, each },
  };
}

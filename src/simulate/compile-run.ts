import type { Program } from '../isa/program.ts';
import { type CompilePorts, compileExperiment } from './compile-experiment.ts';
import type { Experiment, ExperimentOptions } from './experiment.ts';
import { compileTrainingExperiment, type TrainingChanges } from './training-compile.ts';

/** The program of an experiment: one that trains on the chip when it names an algorithm, else inference. Throws InputError. */
export const compileRun = (
  experiment: Experiment,
  options: ExperimentOptions & Pick<TrainingChanges, 'calibrate'>,
  ports: CompilePorts,
): Program =>
  experiment.algorithm === undefined
    ? compileExperiment(experiment, options, ports)
    : compileTrainingExperiment(experiment, options, ports).program;

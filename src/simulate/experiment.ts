import { z } from 'zod';
import { compensations } from '../compiler/compensation.ts';
import { checkSchema, parseWithSchema } from '../config/check-schema.ts';
import { InputError, inputError } from '../config/issue.ts';
import { defaultTraining } from '../network/trainer.ts';
import { parseDuration } from './duration.ts';
import type { Age } from './manifest.ts';
import { algorithmSchema } from './training-settings.ts';

/** One experiment file: a network, data, a chip, how the reference is trained and when the chip is asked. */
const schema = z
  .strictObject({
    name: z.string().min(1),
    doc: z.string().optional(),
    network: z.string().min(1),
    chip: z.string().min(1).default('cmo-130nm'),
    device: z.string().min(1).optional(),
    set: z.array(z.string()).default([]),
    training: z
      .strictObject({
        epochs: z.int().min(1).max(10000).default(8),
        batch: z.int().min(1).max(65536).default(defaultTraining.batch),
        learningRate: z.number().positive().default(defaultTraining.learningRate),
        weightDecay: z.number().min(0).default(defaultTraining.weightDecay),
        clipSigma: z.number().min(0).default(defaultTraining.clipSigma),
      })
      .prefault({}),
    /** Trains the network on the chip; `training` above is then not used. */
    algorithm: algorithmSchema.optional(),
    samples: z.int().min(1).optional(),
    ages: z.array(z.string()).min(1).max(13).default(['1 s', '1 day', '10 years']),
    /** Drift correction at every age, from calibration reads. */
    compensation: z.enum(compensations).default('none'),
    instances: z.int().min(1).max(1000).default(3),
    seed: z.int().min(0).max(0xffffffff).default(1),
    chipSeed: z.int().min(0).max(0xffffffff).default(1),
  })
  .refine(({ algorithm, compensation }) => algorithm === undefined || compensation === 'none', {
    path: ['compensation'],
    params: { expected: 'none where the chip trains: its cells are not read for it' },
  });

export type Experiment = z.output<typeof schema>;

/** Options of `run` and `compile` that change an experiment. */
export interface ExperimentOptions {
  readonly chip?: string;
  readonly device?: string;
  readonly set?: readonly string[];
  readonly data?: string;
  readonly samples?: number;
  readonly epochs?: number;
  readonly seed?: number;
  readonly chipSeed?: number;
  readonly instances?: number;
}

/** Reads an experiment file. Throws InputError with every mistake as file:line:col. */
export function parseExperiment(text: string, file: string): Experiment {
  const experiment = parseWithSchema(schema, text, file);
  parseAges(experiment.ages, file);
  return experiment;
}

/** An experiment that is data already, such as a design point of a sweep; `name` stands for the file in errors. */
export function checkExperiment(value: unknown, name: string): Experiment {
  const nowhere = { line: 1, column: 1 };
  const checked = checkSchema(schema, { file: name, value, locate: () => nowhere, locateKey: () => nowhere });
  if (!checked.ok) throw new InputError(checked.issues.map(({ line: _line, column: _column, ...issue }) => issue));
  parseAges(checked.value.ages, name);
  return checked.value;
}

/** Retention times, ascending. */
export function parseAges(texts: readonly string[], file: string): readonly Age[] {
  const ages = texts.map((label) => ({ label, seconds: parseDuration(label, file) }));
  ages.forEach((age, index) => {
    if (index > 0 && age.seconds <= ages[index - 1]!.seconds)
      throw inputError(file, `age ${age.label} after ${ages[index - 1]!.label}`, 'ages in ascending order');
  });
  return ages;
}

/** The experiment with the command line's changes applied. */
export function withOptions(experiment: Experiment, options: ExperimentOptions): Experiment {
  return {
    ...experiment,
    chip: options.chip ?? experiment.chip,
    ...(options.device === undefined ? {} : { device: options.device }),
    set: [...experiment.set, ...(options.set ?? [])],
    ...(options.samples === undefined ? {} : { samples: options.samples }),
    training: { ...experiment.training, epochs: options.epochs ?? experiment.training.epochs },
    ...(experiment.algorithm === undefined
      ? {}
      : { algorithm: { ...experiment.algorithm, epochs: options.epochs ?? experiment.algorithm.epochs } }),
    seed: options.seed ?? experiment.seed,
    chipSeed: options.chipSeed ?? experiment.chipSeed,
    instances: options.instances ?? experiment.instances,
  };
}

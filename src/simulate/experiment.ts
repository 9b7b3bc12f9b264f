import { z } from 'zod';
import { type Compensation, compensations } from '../compiler/compensation.ts';
import { checkSchema, parseWithSchema } from '../config/check-schema.ts';
import { InputError, inputError } from '../config/issue.ts';
import { defaultTraining } from '../network/trainer.ts';
import { splitSettings, withAlgorithmSettings } from './algorithm-options.ts';
import { parseDuration } from './duration.ts';
import type { Age } from './manifest.ts';
import { type AlgorithmSettings, algorithmSchema } from './training-settings.ts';

/** The tallest map that a window descriptor holds. */
const mostRows = 4095;

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
    /** Rows of the tallest map that a turn takes, where layers of one image overlap; 0: one layer after the other. */
    mapping: z.strictObject({ len: z.int().min(0).max(mostRows).default(0) }).prefault({}),
    instances: z.int().min(1).max(1000).default(3),
    seed: z.int().min(0).max(0xffffffff).default(1),
    chipSeed: z.int().min(0).max(0xffffffff).default(1),
  })
  .refine(({ algorithm, compensation }) => algorithm === undefined || compensation === 'none', {
    path: ['compensation'],
    params: { expected: 'none where the chip trains: its cells are not read for it' },
  })
  .refine(({ algorithm, mapping }) => algorithm === undefined || mapping.len === 0, {
    path: ['mapping', 'len'],
    params: { expected: '0 where the chip trains: its layers work on whole maps' },
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
  /** As `mapping.len` and `compensation` of an experiment. */
  readonly len?: number;
  readonly compensation?: Compensation;
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

/** The experiment with the command line's changes applied. Throws InputError for settings of an algorithm it does not have. */
export function withOptions(experiment: Experiment, options: ExperimentOptions): Experiment {
  const settings = splitSettings(options.set ?? []);
  if (experiment.algorithm === undefined && settings.algorithm.length > 0)
    throw inputError('--set', settings.algorithm[0]!, `a chip value: ${experiment.name} does not train on the chip`);
  if (experiment.algorithm !== undefined && (options.len ?? 0) > 0)
    throw inputError('--len', `${options.len}`, `0: ${experiment.name} trains on the chip, on whole maps`);
  if (experiment.algorithm !== undefined && (options.compensation ?? 'none') !== 'none')
    throw inputError('--compensation', options.compensation!, `none: ${experiment.name} trains on the chip`);
  return {
    ...experiment,
    chip: options.chip ?? experiment.chip,
    ...(options.device === undefined ? {} : { device: options.device }),
    set: [...experiment.set, ...settings.chip],
    ...(options.samples === undefined ? {} : { samples: options.samples }),
    training: { ...experiment.training, epochs: options.epochs ?? experiment.training.epochs },
    ...(experiment.algorithm === undefined
      ? {}
      : { algorithm: algorithmOf(experiment.algorithm, settings.algorithm, options.epochs) }),
    mapping: { len: options.len ?? experiment.mapping.len },
    compensation: options.compensation ?? experiment.compensation,
    seed: options.seed ?? experiment.seed,
    chipSeed: options.chipSeed ?? experiment.chipSeed,
    instances: options.instances ?? experiment.instances,
  };
}

function algorithmOf(given: AlgorithmSettings, settings: readonly string[], epochs: number | undefined): AlgorithmSettings {
  const changed = withAlgorithmSettings(given, settings);
  return { ...changed, epochs: epochs ?? changed.epochs };
}

import { type Command, InvalidArgumentError, Option } from 'commander';
import { inputError } from '../config/issue.ts';
import type { Files } from '../network/data/files.ts';
import type { ModelOptions } from '../simulate/compile-model.ts';
import { goals } from '../simulate/optimise-model.ts';
import { isNetworkFile } from '../simulate/read-model.ts';
import { trainingKinds } from '../simulate/training-settings.ts';
import { experimentOptions } from './experiment-options.ts';
import { workloadsFolder } from './locate.ts';
import { wholeNumberOption } from './options.ts';
import { experimentNames } from './read-experiment.ts';
import { readText } from './read-text.ts';

const numberList = (text: string): readonly number[] => {
  const values = text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  if (values.some((value) => !Number.isFinite(value))) throw new InvalidArgumentError('Want numbers with commas between them.');
  return values;
};

export const positive = (text: string): number => {
  const value = Number(text);
  if (!(value > 0 && Number.isFinite(value))) throw new InvalidArgumentError('Want a number above 0.');
  return value;
};

/** Adds the options that say what numbers a model expects. */
export const addModelOptions = (command: Command): Command =>
  command
    .addOption(new Option('--train <algorithm>', 'model: train it on the chip from the weights it has').choices(trainingKinds))
    .addOption(
      new Option('--learning-rate <number>', 'model: with --train, in place of that of the algorithm').argParser(positive),
    )
    .addOption(new Option('--input-scale <number>', 'model: value of one step of a pixel (default: 1/255)').argParser(positive))
    .addOption(
      new Option('--input-mean <numbers>', 'model: subtracted from scaled pixels, one or one a channel').argParser(numberList),
    )
    .addOption(new Option('--input-std <numbers>', 'model: pixels are divided by it, one or one a channel').argParser(numberList))
    .addOption(
      new Option(
        '--optimise <goal>',
        'model: try copies of matrices on free tiles, pipelines of consecutive images and placements; keep the best mapping',
      ).choices(goals),
    )
    .addOption(
      wholeNumberOption('--chips <number>', 'model: share it between so many equal chips that exchange messages', 2, 64),
    );

/**
 * Path of the model that `name` is: an ONNX file, a network of workloads/networks by name, or a YAML file with layers. Undefined for
 * what is an experiment.
 */
export function modelPath(files: Files, name: string): string | undefined {
  if (/\.onnx$/i.test(name)) return name;
  const path = [`${workloadsFolder}/networks/${name}.yaml`, name].find((candidate) => files.exists(candidate));
  if (path === undefined || experimentNames(files, workloadsFolder).includes(name) || !isNetworkFile(path)) return undefined;
  return /^layers:/m.test(readText(files, path)) ? path : undefined;
}

/** Only what the user gave. */
export function modelOptions(parsed: ModelOptions): ModelOptions {
  const { inputScale, inputMean, inputStd, optimise, train, learningRate, chips } = parsed;
  return {
    ...experimentOptions(parsed),
    ...(train === undefined ? {} : { train }),
    ...(learningRate === undefined ? {} : { learningRate }),
    ...(chips === undefined ? {} : { chips }),
    ...(inputScale === undefined ? {} : { inputScale }),
    ...(inputMean === undefined ? {} : { inputMean }),
    ...(optimise === undefined ? {} : { optimise }),
    ...(inputStd === undefined ? {} : { inputStd }),
  };
}

/** What only a model on one chip, or that does not train, can have. Throws InputError. */
export function checkChips({ chips, train, len, instances = 1 }: ModelOptions): void {
  if (chips === undefined) return;
  if (instances > 1)
    throw inputError('--chips', `${chips} with --instances ${instances}`, '--instances 1: one set of chips runs');
  if (train !== undefined) throw inputError('--chips', `${chips} with --train`, 'either: a network trains on one chip');
  if (len !== undefined && len > 0) throw inputError('--chips', `${chips} with --len ${len}`, 'either: rows stream on one chip');
}

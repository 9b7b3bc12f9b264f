import { type Command, InvalidArgumentError, Option } from 'commander';
import type { ModelOptions } from '../simulate/compile-model.ts';
import { goals } from '../simulate/optimise-model.ts';
import { experimentOptions } from './experiment-options.ts';

const numberList = (text: string): readonly number[] => {
  const values = text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  if (values.some((value) => !Number.isFinite(value))) throw new InvalidArgumentError('Want numbers with commas between them.');
  return values;
};

const positive = (text: string): number => {
  const value = Number(text);
  if (!(value > 0 && Number.isFinite(value))) throw new InvalidArgumentError('Want a number above 0.');
  return value;
};

/** Adds the options that say what numbers a model expects. */
export const addModelOptions = (command: Command): Command =>
  command
    .addOption(new Option('--input-scale <number>', 'model: value of one step of a pixel (default: 1/255)').argParser(positive))
    .addOption(
      new Option('--input-mean <numbers>', 'model: subtracted from scaled pixels, one or one a channel').argParser(numberList),
    )
    .addOption(new Option('--input-std <numbers>', 'model: pixels are divided by it, one or one a channel').argParser(numberList))
    .addOption(
      new Option('--optimise <goal>', 'model: try copies of matrices on free tiles, keep the best mapping').choices(goals),
    );

export const isModel = (name: string): boolean => /\.onnx$/i.test(name);

/** Only what the user gave. */
export function modelOptions(parsed: ModelOptions): ModelOptions {
  const { inputScale, inputMean, inputStd, optimise } = parsed;
  return {
    ...experimentOptions(parsed),
    ...(inputScale === undefined ? {} : { inputScale }),
    ...(inputMean === undefined ? {} : { inputMean }),
    ...(optimise === undefined ? {} : { optimise }),
    ...(inputStd === undefined ? {} : { inputStd }),
  };
}

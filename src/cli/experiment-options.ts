import { type Command, Option } from 'commander';
import { compensations } from '../compiler/compensation.ts';
import { inputError } from '../config/issue.ts';
import type { ExperimentOptions } from '../simulate/experiment.ts';
import { chipSeedOption, deviceOption, seedOption, setOption, wholeNumberOption } from './options.ts';

/** Rows of the tallest map that a window descriptor holds. */
const lenRange = [0, 4095] as const;

/** Adds the options that change an experiment, shared by `run` and `compile`. Their parsed values are `ExperimentOptions`. */
export const addExperimentOptions = (command: Command): Command =>
  command
    .option('--chip <name|file>', 'chip preset or YAML file, in place of the one the experiment names')
    .addOption(deviceOption())
    .addOption(setOption('change one value of the chip, e.g. tile.adc.bits=6, or of training on it, e.g. algorithm.bias=analog'))
    .option('--data <folder>', 'data set to train and test on; left out: the embedded digits')
    .addOption(
      wholeNumberOption(
        '--len <rows>',
        'convolutions: pass rows of one image on as they are made, so many of the tallest map a turn; 0: whole maps (also --set mapping.len=)',
        ...lenRange,
      ),
    )
    .addOption(new Option('--compensation <kind>', 'correct drift at every age from calibration reads').choices(compensations))
    .addOption(wholeNumberOption('--samples <number>', 'test samples to run, from the first', 1, 1_000_000))
    .addOption(wholeNumberOption('--epochs <number>', 'training epochs of the float reference', 1, 10_000))
    .addOption(seedOption('seed of training and of noise'))
    .addOption(chipSeedOption())
    .addOption(wholeNumberOption('--instances <number>', 'chips to program, for mean and spread of the accuracy', 1, 1000));

const names = [
  'chip',
  'device',
  'set',
  'data',
  'len',
  'compensation',
  'samples',
  'epochs',
  'seed',
  'chipSeed',
  'instances',
] as const;

/** `--set mapping.len=N` is `--len N`: a property of the mapping, not of the chip. */
function withMappingSettings(given: ExperimentOptions): ExperimentOptions {
  const { set = [], ...others } = given;
  const isLen = (change: string): boolean => change.startsWith('mapping.len=');
  const text = set.findLast(isLen)?.slice('mapping.len='.length);
  if (text === undefined) return given;
  const len = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(len <= lenRange[1])) throw inputError('--set', `mapping.len=${text}`, `a whole number from ${lenRange.join(' to ')}`);
  return { len, ...others, set: set.filter((change) => !isLen(change)) };
}

/** Only what the user gave. */
export function experimentOptions(given: ExperimentOptions): ExperimentOptions {
  const parsed = withMappingSettings(given);
  return Object.fromEntries(names.flatMap((name) => (parsed[name] === undefined ? [] : [[name, parsed[name]]])));
}

import type { Command } from 'commander';
import type { ExperimentOptions } from '../simulate/experiment.ts';
import { chipSeedOption, deviceOption, seedOption, setOption, wholeNumberOption } from './options.ts';

/** Adds the options that change an experiment, shared by `run` and `compile`. Their parsed values are `ExperimentOptions`. */
export const addExperimentOptions = (command: Command): Command =>
  command
    .option('--chip <name|file>', 'chip preset or YAML file, in place of the one the experiment names')
    .addOption(deviceOption())
    .addOption(setOption())
    .option('--data <folder>', 'data set to train and test on; left out: the embedded digits')
    .addOption(wholeNumberOption('--samples <number>', 'test samples to run, from the first', 1, 1_000_000))
    .addOption(wholeNumberOption('--epochs <number>', 'training epochs of the float reference', 1, 10_000))
    .addOption(seedOption('seed of training and of noise'))
    .addOption(chipSeedOption())
    .addOption(wholeNumberOption('--instances <number>', 'chips to program, for mean and spread of the accuracy', 1, 1000));

const names = ['chip', 'device', 'set', 'data', 'samples', 'epochs', 'seed', 'chipSeed', 'instances'] as const;

/** Only what the user gave. */
export function experimentOptions(parsed: ExperimentOptions): ExperimentOptions {
  return Object.fromEntries(names.flatMap((name) => (parsed[name] === undefined ? [] : [[name, parsed[name]]])));
}

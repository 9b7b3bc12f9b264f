import type { Command } from 'commander';
import type { MeasurePorts, Workload } from '../../simulate/measure-chip.ts';
import type { Report } from '../../simulate/report.ts';
import type { Context } from '../context.ts';
import { workloadsFolder } from '../locate.ts';
import { seedOption, wholeNumberOption } from '../options.ts';
import { terminalProgress } from '../terminal-progress.ts';

export interface WorkloadOptions {
  readonly network: string;
  readonly data?: string;
  readonly samples: number;
  readonly epochs: number;
  readonly seed?: number;
  readonly fidelity: Report['fidelity'];
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** Adds the options that say what chips are compared on. */
export const withWorkload = (command: Command): Command =>
  command
    .requiredOption('--network <name|file>', 'a network from workloads/networks, or a YAML file')
    .option('--data <folder>', 'data set to train and test on; left out: the embedded digits')
    .addOption(wholeNumberOption('--samples <number>', 'test samples to run, from the first', 1, 1_000_000).default(100))
    .addOption(wholeNumberOption('--epochs <number>', 'training epochs of the float network', 1, 10_000).default(2))
    .addOption(seedOption('seed of training and of noise'));

export const workloadOf = ({ network, data, samples, epochs, seed, fidelity }: WorkloadOptions): Workload => ({
  network,
  fidelity,
  options: { samples, epochs, ...(data === undefined ? {} : { data }), ...(seed === undefined ? {} : { seed }) },
});

export const measurePorts = ({ io }: Context, { quiet }: WorkloadOptions): MeasurePorts => ({
  files: io.files,
  progress: terminalProgress(io, quiet === true),
  workloads: workloadsFolder,
  now: io.now,
});

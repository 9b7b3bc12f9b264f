import { exitCodes } from '../config/exit-codes.ts';
import { inputError } from '../config/issue.ts';
import { type LaboratoryFile, parseLaboratory } from '../laboratory/laboratory-file.ts';
import { generateDigits } from '../network/data/digits.ts';
import { findData } from '../network/data/find-data.ts';
import { readNetwork } from '../simulate/compile-experiment.ts';
import type { ExperimentOptions } from '../simulate/experiment.ts';
import type { Context } from './context.ts';
import { workloadsFolder } from './locate.ts';
import { printLaboratory, writeLaboratory } from './print-laboratory.ts';
import { readText } from './read-text.ts';
import { terminalProgress } from './terminal-progress.ts';

interface LaboratoryOptions {
  readonly out?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** The embedded digits are one fixed set, whatever the seed of the run. */
const digitsSeed = 1;

/** Options of `run` that mean something in the laboratory. */
const understood: readonly (keyof ExperimentOptions)[] = ['data', 'samples', 'epochs', 'seed', 'instances'];

/** The laboratory experiment of that name or file; undefined when it is none. */
export function findLaboratory({ io }: Context, name: string): LaboratoryFile | undefined {
  const own = `${workloadsFolder}/experiments/${name}.yaml`;
  const path = io.files.exists(own) ? own : name;
  if (!path.endsWith('.yaml') || !io.files.exists(path)) return undefined;
  return parseLaboratory(readText(io.files, path), path);
}

/** Runs an experiment of a paper: published value, ours and tolerance on stdout; exit code 2 when a row is off. */
export async function runLaboratory(
  context: Context,
  file: LaboratoryFile,
  given: ExperimentOptions,
  options: LaboratoryOptions,
): Promise<void> {
  const { files } = context.io;
  const foreign = Object.keys(given).filter(
    (name) =>
      !understood.includes(name as keyof ExperimentOptions) &&
      (given[name as keyof ExperimentOptions] as { length?: number }).length !== 0,
  );
  if (foreign.length > 0) {
    const known = understood.map((name) => `--${name}`).join(', ');
    throw inputError(
      `run ${file.name}`,
      foreign.map((name) => `--${name}`).join(', '),
      `only ${known}: the experiment fixes the rest`,
    );
  }
  const progress = terminalProgress(context.io, options.quiet === true);
  const { epochs = file.epochs, instances = file.instances, samples, seed = file.seed, data } = given;
  if (instances !== undefined && instances < 2)
    throw inputError(`run ${file.name}`, `--instances ${instances}`, 'at least 2: means come with their error');
  const report = file.run({
    progress,
    seed,
    ...(epochs === undefined ? {} : { epochs }),
    ...(instances === undefined ? {} : { instances }),
    ...(samples === undefined ? {} : { samples }),
    data: () => (data === undefined ? generateDigits(digitsSeed) : findData(files, data)),
    network: () => readNetwork(file.network, { files, progress, workloads: workloadsFolder }),
  });
  if (options.out !== undefined) await writeLaboratory(context, report, options.out);
  printLaboratory(context, report, options.json === true ? { json: true } : {});
  if (report.rows.some(({ ok }) => !ok)) context.finish(exitCodes.checkFailed);
}

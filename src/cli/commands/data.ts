import type { Command } from 'commander';
import { inputError } from '../../config/issue.ts';
import { nearestName } from '../../config/nearest-name.ts';
import type { DataSplit } from '../../network/data/data-set.ts';
import { generateDigits } from '../../network/data/digits.ts';
import { findData } from '../../network/data/find-data.ts';
import { dataSetDocument, dataSetTable } from '../../report/data-set-table.ts';
import type { Configure, Context } from '../context.ts';
import { type DataSource, dataSources } from '../data-sources.ts';
import { examples } from '../examples.ts';
import { fetchData } from '../fetch-data.ts';
import { jsonOption, quietOption, seedOption } from '../options.ts';
import { printResult } from '../print-result.ts';
import { terminalProgress } from '../terminal-progress.ts';

/** `ohmic data info|fetch`. */
export const configureData: Configure = (command, context) => {
  configureInfo(command.command('info'), context);
  configureFetch(command.command('fetch'), context);
};

function configureInfo(command: Command, { io }: Context): void {
  command
    .description('what a folder holds, or the embedded digits')
    .argument('[folder]', 'folder with a data set: IDX, CIFAR-10 binary, NumPy or CSV; left out: the embedded digits')
    .addOption(seedOption('seed of the embedded digits').default(1))
    .addOption(jsonOption())
    .addHelpText('after', examples(['ohmic data info', 'ohmic data info data/mnist']))
    .action((folder: string | undefined, options: { json?: boolean; seed: number }) => {
      const split: DataSplit = folder === undefined ? generateDigits(options.seed) : findData(io.files, folder);
      printResult(io, options, dataSetDocument(split), [dataSetTable(split)]);
    });
}

function configureFetch(command: Command, { io }: Context): void {
  command
    .description('download a data set, checksums verified')
    .argument('<name>', dataSources.map(({ name }) => name).join(' or '))
    .option('--out <folder>', 'where to put the files; data/<name> when left out')
    .addOption(quietOption())
    .addHelpText('after', examples(['ohmic data fetch mnist', 'ohmic run mnist-mlp-inference --data data/mnist']))
    .action(async (name: string, options: { out?: string; quiet?: boolean }) => {
      const source = sourceNamed(name);
      const folder = options.out ?? `data/${name}`;
      await fetchData(io, source, folder, terminalProgress(io, options.quiet === true));
      io.stdout(`${folder}\n`);
    });
}

function sourceNamed(name: string): DataSource {
  const names = dataSources.map((source) => source.name);
  const source = dataSources.find((candidate) => candidate.name === name);
  if (source === undefined)
    throw inputError('data fetch', `data set ${name}`, `one of ${names.join(', ')}`, nearestName(name, names));
  return source;
}

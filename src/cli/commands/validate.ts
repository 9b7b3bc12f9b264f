import { exitCodes } from '../../config/exit-codes.ts';
import { validationSummary, validationTable } from '../../report/validation-table.ts';
import type { RowStore } from '../../validation/stored-rows.ts';
import { validate } from '../../validation/validate.ts';
import type { Configure } from '../context.ts';
import { examples } from '../examples.ts';
import type { OutputFiles } from '../io.ts';
import { workloadsFolder } from '../locate.ts';
import { jsonOption, quietOption, repeatedOption } from '../options.ts';
import { printResult } from '../print-result.ts';
import { terminalProgress } from '../terminal-progress.ts';

interface ValidateOptions {
  readonly only: readonly string[];
  readonly data?: string;
  readonly full?: boolean;
  readonly out?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** `ohmic validate`: published figures against ours; exit code 2 when one is off. */
export const configureValidate: Configure = (command, { io, finish }) => {
  command
    .addOption(repeatedOption('--only <row>', 'only rows whose id begins so, e.g. V1; may be repeated'))
    .option('--data <folder>', 'data set of the deployment rows; left out: the embedded digits')
    .option('--full', 'also measure the long rows; finished families in the folder of --out are not measured again')
    .option('--out <folder>', 'where results of long rows are kept; left out: those that came with the package')
    .addOption(jsonOption())
    .addOption(quietOption())
    .addHelpText(
      'after',
      examples(['ohmic validate', 'ohmic validate --only V1 --json', 'ohmic validate --full --data data/mnist --out long-rows']),
    )
    .action(({ only, data, full, out, json, quiet }: ValidateOptions) => {
      const progress = terminalProgress(io, quiet === true);
      const ports = {
        files: io.files,
        progress,
        workloads: workloadsFolder,
        now: io.now,
        ...(data === undefined ? {} : { data }),
      };
      const folder = out ?? `${workloadsFolder}/validation`;
      if (full === true) io.files.mustBeWritable(`${folder}/row.json`);
      const validation = validate({
        ...{ ports, progress, full: full === true, today: io.today() },
        store: rowStore(io.files, folder),
        ...(only.length === 0 ? {} : { only }),
      });
      printResult(io, json === true ? { json } : {}, validation, [validationTable(validation)]);
      if (json !== true) io.stdout(`\n${validationSummary(validation)}`);
      if (!validation.ok) finish(exitCodes.checkFailed);
    });
};

/** Long rows as one small JSON file per family. */
const rowStore = (files: OutputFiles, folder: string): RowStore => ({
  read: (name) => (files.exists(`${folder}/${name}`) ? new TextDecoder().decode(files.read(`${folder}/${name}`)) : undefined),
  write: (name, text) => files.write(`${folder}/${name}`, text),
});

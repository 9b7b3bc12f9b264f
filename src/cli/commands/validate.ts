import { exitCodes } from '../../config/exit-codes.ts';
import { validationSummary, validationTable } from '../../report/validation-table.ts';
import { validate } from '../../validation/validate.ts';
import type { Configure } from '../context.ts';
import { examples } from '../examples.ts';
import { workloadsFolder } from '../locate.ts';
import { jsonOption, quietOption, repeatedOption } from '../options.ts';
import { printResult } from '../print-result.ts';
import { terminalProgress } from '../terminal-progress.ts';

interface ValidateOptions {
  readonly only: readonly string[];
  readonly data?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** `ohmic validate`: published figures against ours; exit code 2 when one is off. */
export const configureValidate: Configure = (command, { io, finish }) => {
  command
    .addOption(repeatedOption('--only <row>', 'only rows whose id begins so, e.g. V1; may be repeated'))
    .option('--data <folder>', 'data set of the deployment rows; left out: the embedded digits')
    .addOption(jsonOption())
    .addOption(quietOption())
    .addHelpText('after', examples(['ohmic validate', 'ohmic validate --only V1 --json']))
    .action(({ only, data, json, quiet }: ValidateOptions) => {
      const progress = terminalProgress(io, quiet === true);
      const ports = {
        files: io.files,
        progress,
        workloads: workloadsFolder,
        now: io.now,
        ...(data === undefined ? {} : { data }),
      };
      const validation = validate({ ports, progress, ...(only.length === 0 ? {} : { only }) });
      printResult(io, json === true ? { json } : {}, validation, [validationTable(validation)]);
      if (json !== true) io.stdout(`\n${validationSummary(validation)}`);
      if (!validation.ok) finish(exitCodes.checkFailed);
    });
};

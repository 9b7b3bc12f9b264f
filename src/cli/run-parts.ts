import { inputError } from '../config/issue.ts';
import { asJson } from '../report/as-json.ts';
import type { ExperimentOptions } from '../simulate/experiment.ts';
import { type ExperimentParts, parseParts } from '../simulate/experiment-parts.ts';
import type { Report } from '../simulate/report.ts';
import type { Context } from './context.ts';
import { workloadsFolder } from './locate.ts';
import { finishAs, printReport } from './print-report.ts';
import { experimentPath } from './read-experiment.ts';
import { readText } from './read-text.ts';

interface PartsOptions {
  readonly out?: string;
  readonly json?: boolean;
}

/** Options that belong to one chip or one network. */
const personal = ['chip', 'device', 'set'] as const;

/** The experiments that a name or file stands for; undefined when it is one experiment itself. */
export function findParts({ io }: Context, name: string): ExperimentParts | undefined {
  const path = experimentPath(io.files, workloadsFolder, name);
  return parseParts(readText(io.files, path), path);
}

/** Name of a part, without the folders and the ending of a file. */
const folderOf = (part: string): string => part.replace(/^.*[\\/]/, '').replace(/\.ya?ml$/, '');

/** Runs the parts one after the other; `runPart` keeps what it makes in the folder it is given. */
export async function runParts(
  context: Context,
  { name, parts }: ExperimentParts,
  given: ExperimentOptions,
  options: PartsOptions,
  runPart: (part: string, out: string | undefined) => Promise<Report>,
): Promise<void> {
  const foreign = personal.filter((option) => (given[option]?.length ?? 0) > 0);
  if (foreign.length > 0)
    throw inputError(
      `run ${name}`,
      foreign.map((option) => `--${option}`).join(', '),
      `no such option: every part has its own; run one of ${parts.join(', ')}`,
    );
  const reports: Report[] = [];
  for (const part of parts) {
    const report = await runPart(part, options.out === undefined ? undefined : `${options.out}/${folderOf(part)}`);
    reports.push(report);
    if (options.json === true) finishAs(context, report);
    else {
      if (reports.length > 1) context.io.stdout('\n\n');
      printReport(context, report, {});
    }
  }
  if (options.json === true) context.io.stdout(asJson({ schema: 'ohmic.parts/1', name, parts: reports }));
}

import type { ChipDescription } from '../chip/description.ts';
import { exitCodes } from '../config/exit-codes.ts';
import { inputError } from '../config/issue.ts';
import type { Program } from '../isa/program.ts';
import { asCsv } from '../report/as-csv.ts';
import { asJson } from '../report/as-json.ts';
import { chipsTables } from '../report/chips-tables.ts';
import type { Report } from '../simulate/report.ts';
import { simulateChips } from '../simulate/simulate-chips.ts';
import { defaultLinks, type LinkSettings } from '../simulate/time-chips.ts';
import type { Context } from './context.ts';
import { describeMemory, memoryRequests } from './print-memory.ts';
import { printResult } from './print-result.ts';

export interface ChipsOptions {
  readonly fidelity: Report['fidelity'];
  readonly seed?: number;
  /** Of the first chip; the others count on. */
  readonly chipSeed?: number;
  readonly out?: string;
  readonly print: readonly string[];
  readonly json?: boolean;
  readonly linkBandwidth?: number;
  readonly linkLatency?: number;
  readonly sharedDram?: boolean;
}

/** What connects the chips, as far as the user says it. */
const linksOf = ({ linkBandwidth, linkLatency }: ChipsOptions): LinkSettings => ({
  ...defaultLinks,
  ...(linkBandwidth === undefined ? {} : { bytesPerSecond: linkBandwidth }),
  ...(linkLatency === undefined ? {} : { latencySeconds: linkLatency }),
});

/** Programs that exchange messages, each on a chip of its own; areas that `--print` names are printed of every program that has them. */
export function runChipPrograms(
  { io, finish }: Context,
  programs: readonly { readonly program: Program; readonly chip: ChipDescription }[],
  options: ChipsOptions,
): void {
  const { fidelity, print } = options;
  if (fidelity === 'values')
    throw inputError('--fidelity', 'values with several programs', 'full, or timing: messages carry values and take time');
  if (options.out !== undefined) io.files.mustBeWritable(`${options.out}/report.json`);
  if (fidelity === 'timing' && print.length > 0)
    throw inputError(
      '--print',
      `${print.join(', ')} at --fidelity timing`,
      '--fidelity full: without values there is nothing to print',
    );
  const requests = programs.map(({ program }) => memoryRequests(program, print));
  const { report, values } = simulateChips({
    ...{ programs, links: linksOf(options), seed: options.seed ?? 1, chipSeed: options.chipSeed ?? 1, fidelity },
    sharedDram: options.sharedDram === true,
  });
  if (options.json !== true)
    values.forEach(({ machine }, at) => {
      const text = describeMemory({ scratchpad: machine?.readSpm }, requests[at]!);
      if (text !== '') io.stdout(`controller ${at}: ${text}`);
    });
  const tables = chipsTables(report);
  if (options.out !== undefined) {
    io.files.write(`${options.out}/report.json`, asJson(report));
    io.files.write(`${options.out}/report.csv`, asCsv(tables));
  }
  printResult(io, options, report, tables);
  if (report.ending !== 'halted') finish(exitCodes.checkFailed);
}

import type { ChipDescription } from '../chip/description.ts';
import { exitCodes } from '../config/exit-codes.ts';
import { inputError } from '../config/issue.ts';
import type { Program } from '../isa/program.ts';
import { chipsTables } from '../report/chips-tables.ts';
import type { Report } from '../simulate/report.ts';
import { defaultLinks, simulateChips } from '../simulate/simulate-chips.ts';
import type { Context } from './context.ts';
import { describeMemory, memoryRequests } from './print-memory.ts';
import { printResult } from './print-result.ts';

export interface ChipsOptions {
  readonly fidelity: Report['fidelity'];
  readonly seed?: number;
  readonly out?: string;
  readonly print: readonly string[];
  readonly json?: boolean;
  readonly linkBandwidth?: number;
  readonly linkLatency?: number;
}

/** Programs that exchange messages, each on a chip of its own; areas that `--print` names are printed of every program that has them. */
export function runChipPrograms(
  { io, finish }: Context,
  programs: readonly { readonly program: Program; readonly chip: ChipDescription }[],
  options: ChipsOptions,
): void {
  if (options.fidelity !== 'full')
    throw inputError('--fidelity', `${options.fidelity} with several programs`, 'full: messages carry values and take time');
  if (options.out !== undefined) throw inputError('--out', 'a folder with several programs', '--json for a file to keep');
  const requests = programs.map(({ program }) => memoryRequests(program, options.print));
  const { report, values } = simulateChips({
    programs,
    links: {
      ...defaultLinks,
      ...(options.linkBandwidth === undefined ? {} : { bytesPerSecond: options.linkBandwidth }),
      ...(options.linkLatency === undefined ? {} : { latencySeconds: options.linkLatency }),
    },
    seed: options.seed ?? 1,
    chipSeed: 1,
  });
  if (options.json !== true)
    values.forEach(({ machine }, at) => {
      const text = describeMemory({ scratchpad: machine.readSpm }, requests[at]!);
      if (text !== '') io.stdout(`controller ${at}: ${text}`);
    });
  printResult(io, options, report, chipsTables(report));
  if (report.ending !== 'halted') finish(exitCodes.checkFailed);
}

import { defaultPreset } from '../../chip/preset-texts.ts';
import { inputError } from '../../config/issue.ts';
import { assemble } from '../../isa/assemble.ts';
import { readProgram } from '../../isa/container.ts';
import type { Program } from '../../isa/program.ts';
import { manifestOf } from '../../simulate/manifest.ts';
import type { Report } from '../../simulate/report.ts';
import { resolveChip } from '../../simulate/resolve-chip.ts';
import { simulateProgram } from '../../simulate/simulate-program.ts';
import type { Configure, Context } from '../context.ts';
import { examples } from '../examples.ts';
import type { OutputFiles } from '../io.ts';
import { fidelityOption, jsonOption, outOption, quietOption, repeatedOption, seedOption, setOption } from '../options.ts';
import { describeMemory, memoryRequests } from '../print-memory.ts';
import { printReport, writeReport } from '../print-report.ts';
import { readText } from '../read-text.ts';
import { terminalProgress } from '../terminal-progress.ts';

interface SimulateOptions {
  readonly chip?: string;
  readonly set: readonly string[];
  readonly fidelity: Report['fidelity'];
  readonly seed?: number;
  readonly out?: string;
  readonly print: readonly string[];
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** `ohmic simulate`: a program on a chip. */
export const configureSimulate: Configure = (command, context) => {
  command
    .argument('<program>', 'compiled (.obin) or assembly (.oasm)')
    .option('--chip <name|file>', `chip preset or YAML file; left out: the one compiled for, or ${defaultPreset}`)
    .addOption(setOption())
    .addOption(fidelityOption())
    .addOption(seedOption('seed of noise; left out: the one compiled with'))
    .addOption(outOption('also write report.json and report.csv there'))
    .addOption(
      repeatedOption(
        '--print <area>',
        'first print a scratchpad area, as name or name:format (f32, bf16, i8 …); may be repeated',
      ),
    )
    .addOption(jsonOption())
    .addOption(quietOption())
    .addHelpText(
      'after',
      examples(['ohmic simulate digits.obin --json', 'ohmic simulate workloads/programs/hello-mvm.oasm --chip ideal --print y']),
    )
    .action((file: string, options: SimulateOptions) => {
      const { io } = context;
      if (options.out !== undefined) io.files.mustBeWritable(`${options.out}/report.json`);
      const program = programIn(io.files, file);
      const chip = chipFor(context, program, options);
      const areas = memoryRequests(program, options.print);
      let memory = '';
      const report = simulateProgram(program, {
        ...(chip === undefined ? {} : { chip }),
        ...(options.seed === undefined ? {} : { seed: options.seed }),
        fidelity: options.fidelity,
        progress: terminalProgress(io, options.quiet === true),
        now: io.now,
        onFirstInstance: (run) => {
          memory = describeMemory(run, areas);
        },
      });
      if (options.out !== undefined) writeReport(context, report, options.out);
      if (options.json !== true) io.stdout(memory);
      printReport(context, report, options);
    });
};

/** Text is told from a container by the name of the file. */
const programIn = (files: OutputFiles, file: string): Program =>
  file.endsWith('.oasm') ? assemble(readText(files, file), file) : readProgram(files.read(file), file);

/** The chip the options ask for; undefined when the program's own is wanted. */
function chipFor({ io }: Context, program: Program, { chip, set }: SimulateOptions) {
  const carried = manifestOf(program.manifest)?.chip;
  if (chip === undefined && carried !== undefined) {
    if (set.length === 0) return undefined;
    throw inputError(
      '--set',
      `${set.join(', ')} for a program that carries its chip`,
      `--chip to say what to change, such as --chip ${defaultPreset}`,
    );
  }
  return resolveChip(chip ?? defaultPreset, set, io.files);
}

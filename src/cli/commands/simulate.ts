import { Option } from 'commander';
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
import { durationArgument } from '../duration-argument.ts';
import { examples } from '../examples.ts';
import type { OutputFiles } from '../io.ts';
import { positive } from '../model-options.ts';
import {
  deviceOption,
  fidelityOption,
  jsonOption,
  outOption,
  quietOption,
  repeatedOption,
  seedOption,
  setOption,
} from '../options.ts';
import { describeMemory, memoryRequests } from '../print-memory.ts';
import { printReport, writeReport } from '../print-report.ts';
import { readText } from '../read-text.ts';
import { runChipPrograms } from '../run-chips.ts';
import { terminalProgress } from '../terminal-progress.ts';

interface SimulateOptions {
  readonly chip?: string;
  readonly device?: string;
  readonly set: readonly string[];
  readonly fidelity: Report['fidelity'];
  readonly seed?: number;
  readonly out?: string;
  readonly print: readonly string[];
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly linkBandwidth?: number;
  readonly linkLatency?: number;
  readonly sharedDram?: boolean;
}

/** `ohmic simulate`: a program on a chip. */
export const configureSimulate: Configure = (command, context) => {
  command
    .argument('<programs...>', 'compiled (.obin) or assembly (.oasm); several exchange messages, each on a chip of its own')
    .option('--chip <name|file>', `chip preset or YAML file; left out: the one compiled for, or ${defaultPreset}`)
    .addOption(deviceOption())
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
    .addOption(
      new Option('--link-bandwidth <bytes/s>', 'several programs: of the link from each chip to each other').argParser(positive),
    )
    .addOption(
      new Option('--link-latency <time>', 'several programs: from the last byte sent to the message').argParser(durationArgument),
    )
    .option('--shared-dram', 'several programs: one DRAM behind one port for all; races in it are reported')
    .addOption(jsonOption())
    .addOption(quietOption())
    .addHelpText(
      'after',
      examples([
        'ohmic simulate digits.obin --json',
        'ohmic simulate workloads/programs/hello-mvm.oasm --chip ideal --print y',
        'ohmic simulate workloads/programs/all-reduce-0.oasm workloads/programs/all-reduce-1.oasm --chip ideal --print y',
        'ohmic simulate workloads/programs/shared-dram-0.oasm workloads/programs/shared-dram-1.oasm --shared-dram --chip ideal --print y',
      ]),
    )
    .action((files: readonly string[], options: SimulateOptions) => {
      const { io } = context;
      const [file = ''] = files;
      if (files.length > 1) {
        runTogether(context, files, options);
        return;
      }
      if (options.sharedDram === true) throw inputError('--shared-dram', 'it with one program', 'several programs to share it');
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

function runTogether(context: Context, names: readonly string[], options: SimulateOptions): void {
  const programs = names.map((name) => {
    const program = programIn(context.io.files, name);
    return { program, chip: chipFor(context, program, options)?.chip ?? manifestOf(program.manifest)!.chip };
  });
  runChipPrograms(context, programs, options);
}

/** Text is told from a container by the name of the file. */
const programIn = (files: OutputFiles, file: string): Program =>
  file.endsWith('.oasm') ? assemble(readText(files, file), file) : readProgram(files.read(file), file);

/** The chip the options ask for; undefined when the program's own is wanted. */
function chipFor({ io }: Context, program: Program, { chip, device, set }: SimulateOptions) {
  const carried = manifestOf(program.manifest)?.chip;
  if (chip === undefined && carried !== undefined) {
    const [option, value] = device === undefined ? ['--set', set.join(', ')] : ['--device', device];
    if (value === '') return undefined;
    throw inputError(
      option,
      `${value} for a program that carries its chip and cells`,
      `--chip to say what to change, such as --chip ${defaultPreset}`,
    );
  }
  return resolveChip(chip ?? defaultPreset, set, io.files, device);
}

import { Option } from 'commander';
import { defaultPreset } from '../../chip/preset-texts.ts';
import { inputError } from '../../config/issue.ts';
import { assemble } from '../../isa/assemble.ts';
import { readProgram } from '../../isa/container.ts';
import type { Program } from '../../isa/program.ts';
import { traceEvents } from '../../report/trace-events.ts';
import { manifestOf } from '../../simulate/manifest.ts';
import { resolveChip } from '../../simulate/resolve-chip.ts';
import { defaultLinks } from '../../simulate/time-chips.ts';
import { traceChips, traceProgram } from '../../simulate/trace-program.ts';
import type { Configure, Context } from '../context.ts';
import { durationArgument } from '../duration-argument.ts';
import { examples } from '../examples.ts';
import type { OutputFiles } from '../io.ts';
import { quietOption, repeatedOption, wholeNumberOption } from '../options.ts';
import { readText } from '../read-text.ts';
import { terminalProgress } from '../terminal-progress.ts';

interface TraceOptions {
  readonly output: string;
  readonly chip?: string;
  readonly from: number;
  readonly to: number;
  readonly most: number;
  readonly units: readonly string[];
  readonly quiet?: boolean;
  readonly sharedDram?: boolean;
}

/** `ohmic trace`: a timeline that Perfetto opens. */
export const configureTrace: Configure = (command, context) => {
  command
    .argument('<programs...>', 'compiled (.obin) or assembly (.oasm); several exchange messages, each on a chip of its own')
    .requiredOption('-o, --output <file>', 'the timeline to write (.json)')
    .option('--chip <name|file>', `chip preset or YAML file; left out: the one compiled for, or ${defaultPreset}`)
    .addOption(new Option('--from <time>', 'leave out what ended before').argParser(durationArgument).default(0, 'the start'))
    .addOption(
      new Option('--to <time>', 'leave out what starts after')
        .argParser(durationArgument)
        .default(Number.POSITIVE_INFINITY, 'the end'),
    )
    .addOption(
      repeatedOption('--units <text>', 'tracks of units whose name contains it alone, such as "tile 3" or dram; may be repeated'),
    )
    .addOption(wholeNumberOption('--most <number>', 'instructions kept at most, of each program', 1, 10_000_000).default(200_000))
    .option('--shared-dram', 'several programs: one DRAM behind one port for all')
    .addOption(quietOption())
    .addHelpText(
      'after',
      `${examples(['ohmic compile mnist-8.onnx --samples 4 -o mnist.obin', 'ohmic trace mnist.obin -o mnist.json', 'ohmic trace mnist.obin -o part.json --from "2 ms" --to "3 ms"', 'ohmic trace mnist.0.obin mnist.1.obin -o both.json'])}\nOpen the file on https://ui.perfetto.dev. Times are those of the timing machine at declared activity.`,
    )
    .action((files: readonly string[], options: TraceOptions) => trace(context, files, options));
};

const programAt = (files: OutputFiles, file: string): Program =>
  file.endsWith('.oasm') ? assemble(readText(files, file), file) : readProgram(files.read(file), file);

function trace({ io }: Context, names: readonly string[], options: TraceOptions): void {
  const { files } = io;
  const { output, from, to, most, units, quiet = false, sharedDram = false } = options;
  if (!(from < to)) throw inputError('--from', `${from} s with --to ${to} s`, 'a time before --to');
  if (sharedDram && names.length === 1) throw inputError('--shared-dram', 'it with one program', 'several programs to share it');
  files.mustBeWritable(output);
  const programs = names.map((name) => {
    const program = programAt(files, name);
    const carried = options.chip === undefined ? manifestOf(program.manifest)?.chip : undefined;
    return { program, chip: carried ?? resolveChip(options.chip ?? defaultPreset, [], files).chip };
  });
  const stage = terminalProgress(io, quiet).stage('run the program on the timing machine');
  const window = { fromSeconds: from, toSeconds: to, most };
  const traces =
    programs.length === 1
      ? programs.map(({ program, chip }) => traceProgram(program, chip, window))
      : traceChips(programs, window, { links: defaultLinks, sharedDram });
  const kept = traces.flatMap(({ records }) => records);
  stage.done(`${kept.length} instructions`);
  if (kept.length === 0)
    throw inputError(
      '--from',
      `no instruction between ${from} s and ${to} s`,
      `a window inside the ${Math.max(...traces.map(({ picoseconds }) => Number(picoseconds))) * 1e-12} s of the program`,
    );
  const wanted = units.map((text) => text.toLowerCase());
  const shown = (unit: string): boolean => wanted.length === 0 || wanted.some((text) => unit.toLowerCase().includes(text));
  const tracks = new Set(kept.flatMap((record) => record.units));
  if (wanted.length > 0 && ![...tracks].some(shown))
    throw inputError('--units', units.join(', '), `a part of one of ${[...tracks].join(', ')}`);
  files.write(output, `${JSON.stringify(traceEvents(traces, shown))}\n`);
  const left = traces.reduce((sum, own) => sum + own.left, 0);
  if (!quiet && left > 0) io.stderr(`${left} more instructions left out: --most keeps more, --from and --to narrow the window\n`);
  if (!quiet) io.stderr(`${output}: open it on https://ui.perfetto.dev\n`);
}

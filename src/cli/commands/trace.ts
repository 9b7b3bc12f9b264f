import { Option } from 'commander';
import { defaultPreset } from '../../chip/preset-texts.ts';
import { inputError } from '../../config/issue.ts';
import { assemble } from '../../isa/assemble.ts';
import { readProgram } from '../../isa/container.ts';
import { traceEvents } from '../../report/trace-events.ts';
import { manifestOf } from '../../simulate/manifest.ts';
import { resolveChip } from '../../simulate/resolve-chip.ts';
import { traceProgram } from '../../simulate/trace-program.ts';
import type { Configure, Context } from '../context.ts';
import { durationArgument } from '../duration-argument.ts';
import { examples } from '../examples.ts';
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
}

/** `ohmic trace`: a timeline that Perfetto opens. */
export const configureTrace: Configure = (command, context) => {
  command
    .argument('<program>', 'compiled (.obin) or assembly (.oasm)')
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
    .addOption(wholeNumberOption('--most <number>', 'instructions kept at most', 1, 10_000_000).default(200_000))
    .addOption(quietOption())
    .addHelpText(
      'after',
      `${examples(['ohmic compile mnist-8.onnx --samples 4 -o mnist.obin', 'ohmic trace mnist.obin -o mnist.json', 'ohmic trace mnist.obin -o part.json --from "2 ms" --to "3 ms"'])}\nOpen the file on https://ui.perfetto.dev. Times are those of the timing machine at declared activity.`,
    )
    .action((file: string, options: TraceOptions) => trace(context, file, options));
};

function trace({ io }: Context, file: string, options: TraceOptions): void {
  const { files } = io;
  if (!(options.from < options.to))
    throw inputError('--from', `${options.from} s with --to ${options.to} s`, 'a time before --to');
  files.mustBeWritable(options.output);
  const program = file.endsWith('.oasm') ? assemble(readText(files, file), file) : readProgram(files.read(file), file);
  const carried = manifestOf(program.manifest)?.chip;
  const chip =
    options.chip === undefined && carried !== undefined ? carried : resolveChip(options.chip ?? defaultPreset, [], files).chip;
  const stage = terminalProgress(io, options.quiet === true).stage('run the program on the timing machine');
  const found = traceProgram(program, chip, { fromSeconds: options.from, toSeconds: options.to, most: options.most });
  stage.done(`${found.records.length} instructions`);
  if (found.records.length === 0)
    throw inputError(
      '--from',
      `no instruction between ${options.from} s and ${options.to} s`,
      `a window inside the ${Number(found.picoseconds) * 1e-12} s of the program`,
    );
  const wanted = options.units.map((text) => text.toLowerCase());
  const shown = (unit: string): boolean => wanted.length === 0 || wanted.some((text) => unit.toLowerCase().includes(text));
  const names = new Set(found.records.flatMap(({ units }) => units));
  if (wanted.length > 0 && ![...names].some(shown))
    throw inputError('--units', options.units.join(', '), `a part of one of ${[...names].join(', ')}`);
  files.write(options.output, `${JSON.stringify(traceEvents(found, shown))}\n`);
  if (options.quiet !== true && found.left > 0)
    io.stderr(`${found.left} more instructions left out: --most keeps more, --from and --to narrow the window\n`);
  if (options.quiet !== true) io.stderr(`${options.output}: open it on https://ui.perfetto.dev\n`);
}

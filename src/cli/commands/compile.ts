import { writeProgram } from '../../isa/container.ts';
import { compileExperiment } from '../../simulate/compile-experiment.ts';
import type { ExperimentOptions } from '../../simulate/experiment.ts';
import type { Configure } from '../context.ts';
import { examples } from '../examples.ts';
import { addExperimentOptions, experimentOptions } from '../experiment-options.ts';
import { workloadsFolder } from '../locate.ts';
import { quietOption } from '../options.ts';
import { readExperiment } from '../read-experiment.ts';
import { terminalProgress } from '../terminal-progress.ts';

interface CompileOptions extends ExperimentOptions {
  readonly output: string;
  readonly quiet?: boolean;
}

/** `ohmic compile … -o prog.obin`: the program, weights and data image that `run` would execute. */
export const configureCompile: Configure = (command, { io }) => {
  addExperimentOptions(command.argument('<experiment>', 'a name from workloads/experiments, or a YAML file'))
    .requiredOption('-o, --output <file>', 'the program to write (.obin)')
    .addOption(quietOption())
    .addHelpText(
      'after',
      examples(['ohmic compile digits-mlp-inference -o digits.obin', 'ohmic simulate digits.obin', 'ohmic disasm digits.obin']),
    )
    .action((name: string, options: CompileOptions) => {
      const { files } = io;
      files.mustBeWritable(options.output);
      const progress = terminalProgress(io, options.quiet === true);
      const experiment = readExperiment(files, workloadsFolder, name);
      const program = compileExperiment(experiment, experimentOptions(options), { files, progress, workloads: workloadsFolder });
      files.write(options.output, writeProgram(program));
      if (options.quiet !== true) io.stderr(`${options.output}: ${program.words.length / 4} words\n`);
    });
};

import { writeProgram } from '../../isa/container.ts';
import { compileExperiment } from '../../simulate/compile-experiment.ts';
import type { ExperimentOptions } from '../../simulate/experiment.ts';
import type { Report } from '../../simulate/report.ts';
import { simulateProgram } from '../../simulate/simulate-program.ts';
import type { Configure, Context } from '../context.ts';
import { examples } from '../examples.ts';
import { addExperimentOptions, experimentOptions } from '../experiment-options.ts';
import { workloadsFolder } from '../locate.ts';
import { fidelityOption, jsonOption, outOption, quietOption } from '../options.ts';
import { printReport, writeReport } from '../print-report.ts';
import { readExperiment } from '../read-experiment.ts';
import { terminalProgress } from '../terminal-progress.ts';

interface RunOptions extends ExperimentOptions {
  readonly fidelity: Report['fidelity'];
  readonly out?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** `ohmic run`: train the float reference, compile, simulate, report. */
export const configureRun: Configure = (command, context) => {
  addExperimentOptions(command.argument('<experiment>', 'a name from workloads/experiments, or a YAML file'))
    .addOption(fidelityOption())
    .addOption(outOption('also write report.json, report.csv and program.obin there'))
    .addOption(jsonOption())
    .addOption(quietOption())
    .addHelpText(
      'after',
      examples([
        'ohmic run digits-mlp-inference',
        'ohmic run mnist-mlp-inference --data data/mnist --out results',
        'ohmic run digits-mlp-inference --chip cmo-14nm --set tile.rows=128 --set tile.adc.bits=6 --json',
      ]),
    )
    .action((name: string, options: RunOptions) => run(context, name, options));
};

function run(context: Context, name: string, options: RunOptions): void {
  const { files, now } = context.io;
  const start = now();
  const progress = terminalProgress(context.io, options.quiet === true);
  if (options.out !== undefined) files.mustBeWritable(`${options.out}/report.json`);
  const experiment = readExperiment(files, workloadsFolder, name);
  const program = compileExperiment(experiment, experimentOptions(options), { files, progress, workloads: workloadsFolder });
  const simulated = simulateProgram(program, { fidelity: options.fidelity, progress, now });
  // Whoever waits wants the time of everything, training included.
  const report = { ...simulated, run: { ...simulated.run, wallSeconds: (now() - start) / 1000 } };
  if (options.out !== undefined) {
    writeReport(context, report, options.out);
    files.write(`${options.out}/program.obin`, writeProgram(program));
  }
  printReport(context, report, options);
}

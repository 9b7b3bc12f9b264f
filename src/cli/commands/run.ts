import { writeProgram } from '../../isa/container.ts';
import { compileExperiment } from '../../simulate/compile-experiment.ts';
import { compileModel, type ModelOptions } from '../../simulate/compile-model.ts';
import type { Report } from '../../simulate/report.ts';
import { simulateProgram } from '../../simulate/simulate-program.ts';
import type { Configure, Context } from '../context.ts';
import { examples } from '../examples.ts';
import { addExperimentOptions, experimentOptions } from '../experiment-options.ts';
import { workloadsFolder } from '../locate.ts';
import { addModelOptions, isModel, modelOptions } from '../model-options.ts';
import { fidelityOption, jsonOption, outOption, quietOption } from '../options.ts';
import { printReport, writeReport } from '../print-report.ts';
import { readExperiment } from '../read-experiment.ts';
import { findLaboratory, runLaboratory } from '../run-laboratory.ts';
import { runTraining } from '../run-training.ts';
import { terminalProgress } from '../terminal-progress.ts';

interface RunOptions extends ModelOptions {
  readonly fidelity: Report['fidelity'];
  readonly out?: string;
  readonly resume?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** `ohmic run`: train the float reference, compile, simulate, report. */
export const configureRun: Configure = (command, context) => {
  addModelOptions(
    addExperimentOptions(command.argument('<experiment>', 'a name from workloads/experiments, a YAML file, or an ONNX model')),
  )
    .addOption(fidelityOption())
    .addOption(outOption('also write report.json, report.csv and program.obin there'))
    .option('--resume', 'go on with the training run that --out holds')
    .addOption(jsonOption())
    .addOption(quietOption())
    .addHelpText(
      'after',
      examples([
        'ohmic run digits-mlp-inference',
        'ohmic run digits-mlp-training',
        'ohmic run falcone-states --out results',
        'ohmic run mnist-mlp-agad --data data/mnist --out results --resume',
        'ohmic run mnist-mlp-inference --data data/mnist --out results',
        'ohmic run mnist-8.onnx --data data/mnist --samples 1000',
        'ohmic run digits-mlp-inference --chip cmo-14nm --set tile.rows=128 --set tile.adc.bits=6 --json',
      ]),
    )
    .action((name: string, options: RunOptions) => run(context, name, options));
};

async function run(context: Context, name: string, options: RunOptions): Promise<void> {
  const { files, now } = context.io;
  const start = now();
  const progress = terminalProgress(context.io, options.quiet === true);
  if (options.out !== undefined) files.mustBeWritable(`${options.out}/report.json`);
  const laboratory = isModel(name) ? undefined : findLaboratory(context, name);
  if (laboratory !== undefined) {
    await runLaboratory(context, laboratory, experimentOptions(options), options);
    return;
  }
  const ports = { files, progress, workloads: workloadsFolder };
  const experiment = isModel(name) ? undefined : readExperiment(files, workloadsFolder, name);
  if (experiment?.algorithm !== undefined) {
    await runTraining(context, experiment, experimentOptions(options), options);
    return;
  }
  const program =
    experiment === undefined
      ? compileModel(name, { ...modelOptions(options), timingOnly: options.fidelity === 'timing' }, ports).program
      : compileExperiment(experiment, experimentOptions(options), ports);
  const simulated = simulateProgram(program, { fidelity: options.fidelity, progress, now });
  // Whoever waits wants the time of everything, training included.
  const report = { ...simulated, run: { ...simulated.run, wallSeconds: (now() - start) / 1000 } };
  if (options.out !== undefined) {
    writeReport(context, report, options.out);
    files.write(`${options.out}/program.obin`, writeProgram(program));
  }
  printReport(context, report, options);
}

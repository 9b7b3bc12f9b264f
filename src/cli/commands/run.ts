import { inputError } from '../../config/issue.ts';
import { writeProgram } from '../../isa/container.ts';
import type { Program } from '../../isa/program.ts';
import { type CompilePorts, compileExperiment } from '../../simulate/compile-experiment.ts';
import { compileModel, type ModelOptions } from '../../simulate/compile-model.ts';
import type { Report } from '../../simulate/report.ts';
import { simulateProgram } from '../../simulate/simulate-program.ts';
import { trainModel } from '../../simulate/train-model.ts';
import type { Configure, Context } from '../context.ts';
import { examples } from '../examples.ts';
import { addExperimentOptions, experimentOptions } from '../experiment-options.ts';
import { workloadsFolder } from '../locate.ts';
import { addModelOptions, checkChips, modelOptions, modelPath } from '../model-options.ts';
import { fidelityOption, jsonOption, outOption, quietOption } from '../options.ts';
import { printReport, writeReport } from '../print-report.ts';
import { readExperiment } from '../read-experiment.ts';
import { runChipPrograms } from '../run-chips.ts';
import { findLaboratory, runLaboratory } from '../run-laboratory.ts';
import { findParts, runParts } from '../run-parts.ts';
import { runTraining } from '../run-training.ts';
import { terminalProgress } from '../terminal-progress.ts';

interface RunOptions extends ModelOptions {
  readonly fidelity: Report['fidelity'];
  readonly out?: string;
  readonly resume?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** `ohmic run`: train the float reference, compile, simulate, report; or train on the chip. */
export const configureRun: Configure = (command, context) => {
  addModelOptions(
    addExperimentOptions(command.argument('<experiment>', 'an experiment or network by name, a YAML file, or an ONNX model')),
  )
    .addOption(fidelityOption())
    .addOption(outOption('also write report.json, report.csv and program.obin there'))
    .option('--resume', 'go on with the training run that --out holds')
    .addOption(jsonOption())
    .addOption(quietOption())
    .addHelpText(
      'after',
      examples([
        'ohmic run digits',
        'ohmic run digits-mlp-inference',
        'ohmic run digits-mlp-training',
        'ohmic run falcone-states --out results',
        'ohmic run mnist-mlp-agad --data data/mnist --out results --resume',
        'ohmic run mnist-mlp-inference --data data/mnist --out results',
        'ohmic run resnet-18 --fidelity timing --chip cmo-14nm-server',
        'ohmic run mnist-8.onnx --data data/mnist --samples 1000',
        'ohmic run mnist-8.onnx --data data/mnist --chips 2 --optimise throughput',
        'ohmic run mnist-8.onnx --data data/mnist --input-scale 1 --train mixed',
        'ohmic run digits-mlp-inference --chip cmo-14nm --set tile.rows=128 --set tile.adc.bits=6 --json',
      ]),
    )
    .action((name: string, options: RunOptions) => run(context, name, options));
};

async function run(context: Context, name: string, options: RunOptions): Promise<void> {
  if (options.out !== undefined) context.io.files.mustBeWritable(`${options.out}/report.json`);
  const given = experimentOptions(options);
  const model = modelPath(context.io.files, name);
  if (model === undefined && options.chips !== undefined)
    throw inputError(name, 'an experiment with --chips', 'an ONNX model or a network');
  if (model !== undefined && options.chips !== undefined) {
    runModelOnChips(context, model, options);
    return;
  }
  if (model !== undefined) {
    printReport(context, await runModel(context, model, options), options);
    return;
  }
  const laboratory = findLaboratory(context, name);
  if (laboratory !== undefined) {
    await runLaboratory(context, laboratory, given, options);
    return;
  }
  const parts = findParts(context, name);
  if (parts === undefined) printReport(context, await runExperiment(context, name, options), options);
  else await runParts(context, parts, given, options, (part, out) => runExperiment(context, part, outTo(options, out)));
}

function outTo({ out: _, ...options }: RunOptions, out: string | undefined): RunOptions {
  return out === undefined ? options : { ...options, out };
}

async function runExperiment(context: Context, name: string, options: RunOptions): Promise<Report> {
  const { files } = context.io;
  const given = experimentOptions(options);
  const experiment = readExperiment(files, workloadsFolder, name);
  if (experiment.algorithm !== undefined) return runTraining(context, experiment, given, options);
  return simulate(context, options, (ports) => compileExperiment(experiment, given, ports));
}

async function runModel(context: Context, path: string, options: RunOptions): Promise<Report> {
  const { train, ...given } = modelOptions(options);
  if (train !== undefined) {
    const { experiment, model } = trainModel(path, train, given, context.io.files);
    return runTraining(context, experiment, { ...experimentOptions(options), model }, options);
  }
  const timingOnly = options.fidelity === 'timing';
  return simulate(context, options, (ports) => compileModel(path, { ...given, timingOnly }, ports).program);
}

/** A model on several chips: one set of them, as `compile --chips` and `simulate` would run it. */
function runModelOnChips(context: Context, path: string, options: RunOptions): void {
  checkChips(options);
  const { files } = context.io;
  const progress = terminalProgress(context.io, options.quiet === true);
  const given = { ...modelOptions(options), timingOnly: options.fidelity === 'timing' };
  const { parts = [], chip } = compileModel(path, given, { files, progress, workloads: workloadsFolder });
  const programs = parts.map(({ program }) => ({ program, chip }));
  if (options.out !== undefined)
    programs.forEach(({ program }, own) => void files.write(`${options.out}/program.${own}.obin`, writeProgram(program)));
  runChipPrograms(context, programs, { ...options, print: [] });
}

/** Compiles and simulates; whoever waits wants the time of everything, training of the reference included. */
async function simulate(context: Context, options: RunOptions, compile: (ports: CompilePorts) => Program): Promise<Report> {
  const { files, now } = context.io;
  const start = now();
  const progress = terminalProgress(context.io, options.quiet === true);
  const program = compile({ files, progress, workloads: workloadsFolder });
  const simulated = simulateProgram(program, { fidelity: options.fidelity, progress, now });
  const report = { ...simulated, run: { ...simulated.run, wallSeconds: (now() - start) / 1000 } };
  if (options.out !== undefined) {
    writeReport(context, report, options.out);
    files.write(`${options.out}/program.obin`, writeProgram(program));
  }
  return report;
}

import { type Command, Option } from 'commander';
import { dumpPass, type PassName, passNames } from '../../compiler/graph/dump-pass.ts';
import { inputError } from '../../config/issue.ts';
import { writeProgram } from '../../isa/container.ts';
import { mappingTables, trialsTable } from '../../report/mapping-tables.ts';
import { type CompiledModel, compileModel, type ModelOptions } from '../../simulate/compile-model.ts';
import { compileRun } from '../../simulate/compile-run.ts';
import { explainMapping } from '../../simulate/explain-mapping.ts';
import type { Configure, Context } from '../context.ts';
import { examples } from '../examples.ts';
import { addExperimentOptions, experimentOptions } from '../experiment-options.ts';
import { workloadsFolder } from '../locate.ts';
import { addModelOptions, isModel, modelOptions } from '../model-options.ts';
import { jsonOption, quietOption } from '../options.ts';
import { printResult } from '../print-result.ts';
import { readExperiment } from '../read-experiment.ts';
import { terminalProgress } from '../terminal-progress.ts';

interface CompileOptions extends ModelOptions {
  readonly output?: string;
  readonly explain?: boolean;
  readonly dumpPass?: PassName;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

const addCompileOptions = (command: Command): Command =>
  addModelOptions(
    addExperimentOptions(command.argument('<experiment>', 'a name from workloads/experiments, a YAML file, or an ONNX model')),
  )
    .option('-o, --output <file>', 'the program to write (.obin)')
    .option('--explain', 'model: print layers, groups, tiles, time and energy of each')
    .addOption(new Option('--dump-pass <pass>', 'model: print the form a compiler pass leaves, as JSON').choices(passNames))
    .addOption(jsonOption())
    .addOption(quietOption());

/** `ohmic compile … -o prog.obin`: the program, weights and data image that `run` would execute. */
export const configureCompile: Configure = (command, context) => {
  addCompileOptions(command)
    .addHelpText(
      'after',
      examples([
        'ohmic compile digits-mlp-inference -o digits.obin',
        'ohmic compile mnist-8.onnx --explain',
        'ohmic compile mnist-8.onnx --optimise latency --explain -o mnist.obin',
        'ohmic compile mnist-8.onnx --dump-pass allocate',
      ]),
    )
    .action((name: string, options: CompileOptions) => {
      const { files } = context.io;
      if (options.output === undefined && !options.explain && options.dumpPass === undefined && options.optimise === undefined)
        throw inputError('--output', 'none', 'a file for the program, or --explain or --dump-pass to look at it');
      if (options.output !== undefined) files.mustBeWritable(options.output);
      if (isModel(name)) compileOnnx(context, name, options);
      else compileNamed(context, name, options);
    });
};

function write({ io }: Context, program: CompiledModel['program'], { output, quiet }: CompileOptions): void {
  if (output === undefined) return;
  io.files.write(output, writeProgram(program));
  if (quiet !== true) io.stderr(`${output}: ${program.words.length / 4} words\n`);
}

function compileNamed(context: Context, name: string, options: CompileOptions): void {
  const { files } = context.io;
  if (options.explain || options.dumpPass !== undefined || options.optimise !== undefined)
    throw inputError(name, 'an experiment with --explain, --dump-pass or --optimise', 'an ONNX model with them');
  const progress = terminalProgress(context.io, options.quiet === true);
  const ports = { files, progress, workloads: workloadsFolder };
  write(context, compileRun(readExperiment(files, workloadsFolder, name), experimentOptions(options), ports), options);
}

function compileOnnx(context: Context, name: string, options: CompileOptions): void {
  const { io } = context;
  const progress = terminalProgress(io, options.quiet === true);
  const ports = { files: io.files, progress, workloads: workloadsFolder };
  // A program for noise is good for timing, and its manifest says so.
  const compiled = compileModel(name, { ...modelOptions(options), timingOnly: true }, ports);
  write(context, compiled.program, options);
  if (options.dumpPass !== undefined) io.stdout(dumpPass(compiled.mapping, options.dumpPass));
  const { optimised } = compiled;
  const explained = options.explain ? explainMapping(compiled) : undefined;
  if (explained === undefined && optimised === undefined) return;
  const tables = [
    ...(explained === undefined ? [] : mappingTables(explained)),
    ...(optimised === undefined ? [] : [trialsTable(optimised.goal, optimised.trials, optimised.chosen)]),
  ];
  const document = {
    schema: 'ohmic.mapping/1',
    ...(explained === undefined ? {} : { mapping: explained }),
    ...(optimised === undefined
      ? {}
      : { optimise: { goal: optimised.goal, chosen: optimised.chosen, trials: optimised.trials } }),
  };
  printResult(io, options, document, tables);
}

import { type Command, Option } from 'commander';
import { dumpPass, type PassName, passNames } from '../../compiler/graph/dump-pass.ts';
import { inputError } from '../../config/issue.ts';
import { writeProgram } from '../../isa/container.ts';
import { chipsMappingTables, chipsTrialsTable } from '../../report/chips-mapping-tables.ts';
import { mappingTables, trialsTable } from '../../report/mapping-tables.ts';
import { type CompiledModel, type CompiledPart, compileModel, type ModelOptions } from '../../simulate/compile-model.ts';
import { compileRun } from '../../simulate/compile-run.ts';
import { explainChips } from '../../simulate/explain-chips.ts';
import { explainMapping } from '../../simulate/explain-mapping.ts';
import { trainModel } from '../../simulate/train-model.ts';
import { compileTrainingExperiment } from '../../simulate/training-compile.ts';
import type { Configure, Context } from '../context.ts';
import { examples } from '../examples.ts';
import { addExperimentOptions, experimentOptions } from '../experiment-options.ts';
import { workloadsFolder } from '../locate.ts';
import { addModelOptions, checkChips, modelOptions, modelPath } from '../model-options.ts';
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
    addExperimentOptions(command.argument('<experiment>', 'an experiment or network by name, a YAML file, or an ONNX model')),
  )
    .option('-o, --output <file>', 'the program to write (.obin); several chips: name.0.obin, name.1.obin …')
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
        'ohmic compile transformer-block --explain',
        'ohmic compile mnist-8.onnx --optimise latency --explain -o mnist.obin',
        'ohmic compile mnist-8.onnx --len 4 --explain',
        'ohmic compile mnist-8.onnx --dump-pass allocate',
        'ohmic compile mnist-8.onnx --chips 2 -o mnist.obin',
        'ohmic compile mnist-8.onnx --chips 2 --optimise throughput --explain',
        'ohmic compile mnist-8.onnx --train agad -o train.obin',
      ]),
    )
    .action((name: string, options: CompileOptions) => {
      const { files } = context.io;
      if (options.output === undefined && !options.explain && options.dumpPass === undefined && options.optimise === undefined)
        throw inputError('--output', 'none', 'a file for the program, or --explain or --dump-pass to look at it');
      if (options.output !== undefined) files.mustBeWritable(options.output);
      const model = modelPath(files, name);
      if (model !== undefined) compileOnnx(context, model, options);
      else compileNamed(context, name, options);
    });
};

function write({ io }: Context, program: CompiledModel['program'], { output, quiet }: CompileOptions): void {
  if (output === undefined) return;
  io.files.write(output, writeProgram(program));
  if (quiet !== true) io.stderr(`${output}: ${program.words.length / 4} words\n`);
}

/** prog.obin becomes prog.0.obin, prog.1.obin … */
function writeParts(context: Context, parts: readonly CompiledPart[], options: CompileOptions): void {
  const { output } = options;
  if (output === undefined) return;
  const names = parts.map((_, own) => output.replace(/(\.[^./]*)?$/, `.${own}$1`));
  parts.forEach(({ program }, own) => void write(context, program, { ...options, output: names[own]! }));
  if (options.quiet !== true) context.io.stderr(`run them: ohmic simulate ${names.join(' ')}\n`);
}

/** What became of a network on several chips: programs, forms of a pass, mappings, trials. */
function showParts(context: Context, compiled: CompiledModel, parts: readonly CompiledPart[], options: CompileOptions): void {
  const { io } = context;
  writeParts(context, parts, options);
  const { dumpPass: pass } = options;
  if (pass !== undefined) io.stdout(`[${parts.map(({ mapping }) => dumpPass(mapping, pass).trimEnd()).join(',\n')}]\n`);
  const { optimisedChips: optimised } = compiled;
  const explained = options.explain ? explainChips(compiled, parts) : undefined;
  if (explained === undefined && optimised === undefined) return;
  const document = {
    schema: 'ohmic.mapping/1',
    ...(explained === undefined
      ? {}
      : { chips: explained.chips, latencySeconds: explained.latencySeconds, links: explained.links }),
    ...(optimised === undefined
      ? {}
      : { optimise: { goal: optimised.goal, chosen: optimised.chosen, trials: optimised.trials } }),
  };
  printResult(io, options, document, [
    ...(explained === undefined ? [] : chipsMappingTables(explained)),
    ...(optimised === undefined ? [] : [chipsTrialsTable(optimised.goal, optimised.trials, optimised.chosen)]),
  ]);
}

function compileNamed(context: Context, name: string, options: CompileOptions): void {
  const { files } = context.io;
  if (options.explain || options.dumpPass !== undefined || options.optimise !== undefined)
    throw inputError(name, 'an experiment with --explain, --dump-pass or --optimise', 'an ONNX model with them');
  if (options.chips !== undefined) throw inputError(name, 'an experiment with --chips', 'an ONNX model or a network');
  const progress = terminalProgress(context.io, options.quiet === true);
  const ports = { files, progress, workloads: workloadsFolder };
  write(context, compileRun(readExperiment(files, workloadsFolder, name), experimentOptions(options), ports), options);
}

function compileOnnx(context: Context, name: string, options: CompileOptions): void {
  const { io } = context;
  const progress = terminalProgress(io, options.quiet === true);
  const ports = { files: io.files, progress, workloads: workloadsFolder };
  checkChips(options);
  if (options.train !== undefined) {
    const { experiment, model } = trainModel(name, options.train, modelOptions(options), io.files);
    write(context, compileTrainingExperiment(experiment, { ...experimentOptions(options), model }, ports).program, options);
    return;
  }
  // A program for noise is good for timing, and its manifest says so.
  const compiled = compileModel(name, { ...modelOptions(options), timingOnly: true }, ports);
  if (compiled.parts !== undefined) {
    showParts(context, compiled, compiled.parts, options);
    return;
  }
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

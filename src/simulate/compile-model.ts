import type { ChipDescription } from '../chip/description.ts';
import {
  analyseGraph,
  compileGraph,
  type GraphAnalysis,
  type GraphCompileInput,
  type GraphMapping,
  mapGraph,
} from '../compiler/graph/compile-graph.ts';
import { type ChipMapping, splitChips } from '../compiler/graph/split-chips.ts';
import { inputError } from '../config/issue.ts';
import type { Program } from '../isa/program.ts';
import { evaluateGraph } from '../network/graph/evaluate-graph.ts';
import type { Graph } from '../network/graph/graph.ts';
import { elementsOf } from '../network/graph/rearrange.ts';
import type { DataSet } from '../network/layer-graph.ts';
import { createKernels } from '../numeric/create-kernels.ts';
import type { Kernels } from '../numeric/kernels.ts';
import type { CompilePorts } from './compile-experiment.ts';
import { firstInputs, streamChoice, streamWarnings } from './compile-streamed.ts';
import { type ExperimentOptions, parseAges } from './experiment.ts';
import type { Manifest } from './manifest.ts';
import { shortageWarnings } from './mapping-notes.ts';
import { type InputScaling, modelData, withScaling } from './model-data.ts';
import { type OptimisedChips, optimiseChips } from './optimise-chips.ts';
import { type Goal, type Optimised, optimiseModel } from './optimise-model.ts';
import type { Progress } from './progress.ts';
import { isNetworkFile, readModel } from './read-model.ts';
import { resolveChip } from './resolve-chip.ts';
import type { TrainingKind } from './training-settings.ts';
import type { ChipsTrial } from './try-chips.ts';
import { declaredOf, type Trial, tilesOf } from './try-mapping.ts';

/** Options of `run` and `compile` for a model. */
export interface ModelOptions extends ExperimentOptions {
  readonly inputScale?: number;
  readonly inputMean?: readonly number[];
  readonly inputStd?: readonly number[];
  readonly optimise?: Goal;
  /** Equal chips that share the network; 1 when absent. */
  readonly chips?: number;
  /** Train the model on the chip instead of running it. */
  readonly train?: TrainingKind;
  readonly learningRate?: number;
  /** Without it, a model that no data fit is refused: its values would mean nothing. */
  readonly timingOnly?: boolean;
}

/** What one of several chips runs. */
export interface CompiledPart {
  readonly program: Program;
  readonly mapping: ChipMapping;
}

export interface CompiledModel {
  /** What was tried for the goal asked for. */
  readonly optimised?: { readonly goal: Goal; readonly trials: readonly Trial[]; readonly chosen: Trial };
  readonly program: Program;
  /** One program a chip, where several share the network; `program` is then that of one chip for all of it. */
  readonly parts?: readonly CompiledPart[];
  readonly optimisedChips?: { readonly goal: Goal; readonly trials: readonly ChipsTrial[]; readonly chosen: ChipsTrial };
  readonly mapping: GraphMapping;
  readonly chip: ChipDescription;
  readonly graph: Graph;
}

const defaults = {
  chip: 'cmo-130nm',
  samples: 1000,
  instances: 3,
  seed: 1,
  chipSeed: 1,
  ages: ['1 s', '1 day', '10 years'],
} as const;

/** Multiply-accumulates that calibration may cost, and the images it takes at most. */
const calibrationWork = 2e10;
const mostCalibrationImages = 64;

/** Multiply-accumulates of one sample of the graph as it stands. */
function workOf(graph: Graph): number {
  return graph.nodes.reduce((sum, { operation, shape }) => {
    if (operation.kind === 'lstm') return sum + (operation.inputs + operation.units) * 4 * elementsOf(shape);
    if (operation.kind === 'linear') return sum + operation.inputs * elementsOf(shape);
    if (operation.kind !== 'convolution') return sum;
    return sum + ((operation.kernel[0] * operation.kernel[1] * operation.inChannels) / operation.groups) * elementsOf(shape);
  }, 0);
}

/** What the float graph answers to each sample: the place of its largest output. */
function referenceAnswers(kernels: Kernels, graph: Graph, data: DataSet, progress: (done: number) => void): Uint16Array {
  const size = elementsOf(data.shape);
  const answers = new Uint16Array(data.count);
  for (let at = 0; at < data.count; at++) {
    const input = Float32Array.from(data.images.subarray(at * size, (at + 1) * size), (code) => code * data.unit);
    const scores = evaluateGraph(kernels, graph, input).get(graph.output)!;
    answers[at] = scores.indexOf(Math.max(...scores));
    if (at % 100 === 99) progress(at + 1);
  }
  return answers;
}

/** Everything `run model.onnx` does before the machine starts. Throws InputError for anything the user can mend. */
export function compileModel(path: string, options: ModelOptions, ports: CompilePorts): CompiledModel {
  const { files, progress } = ports;
  const { len = 0, optimise: goal } = options;
  if (len > 0 && goal !== undefined)
    throw inputError('--len', `${len} with --optimise ${goal}`, 'either: the search tries rows a turn by itself');
  const reading = progress.stage(`read ${path}`);
  const read = readModel(path, files, options.seed ?? defaults.seed);
  const scaling: InputScaling = {
    ...(options.inputMean === undefined ? {} : { mean: options.inputMean }),
    ...(options.inputStd === undefined ? {} : { deviation: options.inputStd }),
  };
  const graph = withScaling(read, scaling);
  reading.done(`${graph.nodes.length} operations`);
  const { chip, assumptions } = resolveChip(options.chip ?? defaults.chip, options.set ?? [], files, options.device);
  const found = modelData(graph, options.data, files, options.samples ?? defaults.samples);
  if (found.noise && options.timingOnly !== true)
    throw inputError('--data', 'none', `a data set of ${graph.inputShape.join(' x ')} images, or --fidelity timing without data`);
  const unit = options.inputScale ?? found.test.unit;
  const [train, test] = [found.train, found.test].map((data): DataSet => ({ ...data, unit }));
  const kernels = createKernels();
  const mapping = progress.stage('map the network');
  const images = Math.max(1, Math.min(mostCalibrationImages, train!.count, Math.floor(calibrationWork / workOf(graph))));
  const input: GraphCompileInput = {
    ...{ graph, chip, test: test!, samples: test!.count },
    ages: parseAges([...defaults.ages], path).map(({ seconds }) => seconds),
    calibration: firstInputs(train!, found.noise ? 1 : images),
    ...(options.compensation === undefined ? {} : { compensation: options.compensation }),
  };
  const analysis = analyseGraph(kernels, input);
  const { chips: count = 1 } = options;
  const optimised =
    options.optimise === undefined || count > 1 ? undefined : optimise(analysis, input, options.optimise, progress);
  const mapped = optimised?.mapping ?? mapGraph(analysis, input, streamChoice(analysis, input, options.len));
  mapping.done(`${mapped.matrices.length} matrices on ${tilesOf(mapped)} tiles`);
  const scoring = progress.stage('score the float reference', test!.count);
  const answers = found.noise ? undefined : referenceAnswers(kernels, graph, test!, (done) => scoring.update(done));
  // Random weights are never right: what can be asked is how often the chip answers as the float network does.
  const own = isNetworkFile(path) && answers?.every((answer) => answer < 256) === true;
  const labels = own ? Uint8Array.from(answers!) : test!.labels;
  const correct = answers?.reduce((sum, answer, at) => (answer === labels[at] ? sum + 1 : sum), 0) ?? 0;
  const accuracy = correct / test!.count;
  scoring.done(found.noise ? 'noise has no labels' : `accuracy ${(accuracy * 100).toFixed(2)} %`);
  const shortage = shortageWarnings(mapped, chip, input.ages.length);
  const manifest: Manifest = {
    ...{ schema: 'ohmic.manifest/1', name: graph.name, network: graph.name, chip, assumptions },
    seed: options.seed ?? defaults.seed,
    chipSeeds: Array.from(
      { length: options.instances ?? defaults.instances },
      (_, index) => (options.chipSeed ?? defaults.chipSeed) + index,
    ),
    samples: test!.count,
    dataDigest: test!.digest,
    referenceAccuracy: accuracy,
    ages: parseAges([...defaults.ages], path),
    operationsPerSample: mapped.operationsPerSample,
    declared: declaredOf(mapped),
    warnings: [
      ...(found.noise ? ['no data set was given: images are noise, for time and energy alone'] : []),
      ...(own ? ['the weights are random: accuracy is the share of images that a chip answers as the float network does'] : []),
      ...shortage,
      ...streamWarnings(mapped, options.len),
    ],
  };
  const labelled = { ...input, test: { ...test!, labels } };
  const compiled = { program: compileGraph(labelled, mapped, manifest), mapping: mapped, chip, graph };
  if (count > 1) {
    const found = options.optimise === undefined ? undefined : optimiseParts(analysis, input, count, options.optimise, progress);
    const own = { ...manifest, warnings: manifest.warnings?.filter((text) => !shortage.includes(text)) ?? [] };
    const parts = (found?.parts ?? splitChips(analysis, input, count)).map((part) => ({
      ...{ mapping: part, program: compileGraph(labelled, part, { ...own, declared: declaredOf(part) }) },
    }));
    return { ...compiled, parts, ...(found === undefined ? {} : { optimisedChips: { goal: options.optimise!, ...found } }) };
  }
  return optimised === undefined ? compiled : { ...compiled, optimised: { goal: options.optimise!, ...optimised } };
}

function optimise(analysis: GraphAnalysis, input: GraphCompileInput, goal: Goal, progress: Progress): Optimised {
  const stage = progress.stage(`try mappings for ${goal}`);
  let count = 0;
  const found = optimiseModel(analysis, input, goal, ({ tiles }) => stage.update(++count, `${tiles} tiles`));
  stage.done(`${count} tried, ${found.chosen.tiles} tiles taken`);
  return found;
}

function optimiseParts(
  analysis: GraphAnalysis,
  input: GraphCompileInput,
  chips: number,
  goal: Goal,
  progress: Progress,
): OptimisedChips {
  const stage = progress.stage(`try mappings on ${chips} chips for ${goal}`);
  let count = 0;
  const found = optimiseChips(analysis, input, chips, goal, ({ cut }) => stage.update(++count, cut));
  stage.done(`${count} tried, ${found.chosen.cut} taken`);
  return found;
}

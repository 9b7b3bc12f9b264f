import type { ChipDescription } from '../../chip/description.ts';
import { inputError } from '../../config/issue.ts';
import type { Program } from '../../isa/program.ts';
import type { Graph } from '../../network/graph/graph.ts';
import type { DataSet } from '../../network/layer-graph.ts';
import type { Kernels } from '../../numeric/kernels.ts';
import { calibrateGroup, type GroupScaling } from '../calibrate-ranges.ts';
import { calibrationVectors } from '../calibration-vectors.ts';
import type { Compensation } from '../compensation.ts';
import { readsApart } from '../largest-sum.ts';
import type { MatrixStage } from '../lower.ts';
import { type PlacedMatrix, placeRounds, refuseTooFew } from '../place.ts';
import { type SlicedMatrix, slice } from '../slice.ts';
import { biasAhead } from './bias-ahead.ts';
import { checkSteps } from './check-steps.ts';
import { cutRounds, enterRounds, type Rounds } from './cut-rounds.ts';
import { cutStages } from './cut-stages.ts';
import { emitGraph } from './emit-graph.ts';
import { evaluateSteps } from './evaluate-steps.ts';
import { fitScratchpad } from './fit-scratchpad.ts';
import { foldConstants } from './fold-constants.ts';
import { foldFlatten } from './fold-flatten.ts';
import type { StepWords } from './graph-emission.ts';
import { lowerGraph } from './lower-graph.ts';
import { defaultChoice, type MappingChoice } from './mapping-choice.ts';
import { replicate } from './replicate.ts';
import type { GraphSchedule } from './schedule-graph.ts';
import { splitBatches } from './split-batches.ts';
import { type LoweredGraph, matrixOf, type Step } from './steps.ts';

/** Multiply-accumulates that finding one ADC range may cost, and the vectors it looks at all the same. */
const calibrationWork = 2e7;
const leastVectors = 4;
const fullImages = 8;

export interface GraphCompileInput {
  readonly graph: Graph;
  readonly chip: ChipDescription;
  readonly test: DataSet;
  readonly samples: number;
  readonly ages: readonly number[];
  /** Sample inputs that set the ADC ranges. */
  readonly calibration: readonly Float32Array[];
  /** How drift is corrected at every age; absent: not at all. */
  readonly compensation?: Compensation;
}

/** What holds for every placement of a graph. */
export interface GraphAnalysis {
  readonly folded: Graph;
  readonly lowered: LoweredGraph;
  readonly sliced: readonly SlicedMatrix[];
  readonly scalings: readonly GroupScaling[];
  /** 2 x multiply-accumulates of one sample. */
  readonly operationsPerSample: number;
}

/** Every intermediate form of one compilation. */
export interface GraphMapping extends GraphAnalysis {
  readonly matrices: readonly PlacedMatrix[];
  readonly rounds: Rounds;
  readonly schedule: GraphSchedule;
  /** Of a part of a network that runs on several chips: which of them, and how many. */
  readonly controllers?: { readonly own: number; readonly count: number };
}

export const matrixStages = ({ steps }: LoweredGraph): readonly MatrixStage[] =>
  steps.flatMap(({ operation }) => matrixOf(operation) ?? []);

/** ADC ranges and declared statistics of every group, from what its matrix sees for the calibration inputs. */
function calibrate(
  kernels: Kernels,
  lowered: LoweredGraph,
  sliced: readonly SlicedMatrix[],
  input: GraphCompileInput,
): readonly GroupScaling[] {
  // Of each image only the vectors that are looked at are kept: maps of large networks are many megabytes.
  const seen = new Map(sliced.map(({ stage }): [MatrixStage, Float32Array[]] => [stage, []]));
  for (const sample of input.calibration)
    evaluateSteps(kernels, lowered, sample, (stage, values) => {
      const { vectors } = calibrationVectors(stage, values, 1);
      seen.get(stage)!.push(vectors === values ? values.slice() : vectors);
    });
  return sliced.map((matrix) => {
    const { stage } = matrix;
    const own = seen.get(stage)!;
    const count = own.reduce((sum, { length }) => sum + length / stage.rows, 0);
    const vectors = own.length === 1 ? own[0]! : joined(own, count * stage.rows);
    // A single image sets no range worth much work: it stands in where there are no data.
    const work = (calibrationWork * Math.min(1, own.length / fullImages)) / readsApart(input.chip);
    const most = Math.max(Math.min(leastVectors, own.length), Math.floor(work / (stage.rows * stage.columns)));
    return calibrateGroup(matrix, ...thinned(vectors, count, stage.rows, most), input.chip);
  });
}

function joined(parts: readonly Float32Array[], length: number): Float32Array {
  const all = new Float32Array(length);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** At most `most` of the vectors, evenly spaced. */
function thinned(vectors: Float32Array, count: number, rows: number, most: number): [Float32Array, number] {
  if (count <= most) return [vectors, count];
  const out = new Float32Array(most * rows);
  for (let index = 0; index < most; index++) {
    const from = Math.floor((index * count) / most) * rows;
    out.set(vectors.subarray(from, from + rows), index * rows);
  }
  return [out, most];
}

/** The turns that the network takes on the tiles: one where every matrix has tiles of its own. */
function roundsOf(lowered: LoweredGraph, sliced: readonly SlicedMatrix[], chip: ChipDescription): Rounds {
  const { imageSteps, batchSteps } = splitBatches(lowered);
  const rounds = cutRounds([...imageSteps, ...batchSteps], sliced, chip.grid.rows * chip.grid.columns);
  return rounds ?? refuseTooFew(sliced, chip);
}

/** Fold, lower, slice, calibrate. */
export function analyseGraph(kernels: Kernels, input: GraphCompileInput): GraphAnalysis {
  const folded = foldFlatten(foldConstants(input.graph));
  const lowered = lowerGraph(folded);
  checkSteps(lowered, input.graph.name);
  const stages = matrixStages(lowered);
  const sliced = slice(stages, input.chip);
  // A chip too small is said before any work is done, and before memory is taken for values that no scratchpad holds.
  const rounds = roundsOf(lowered, sliced, input.chip);
  fitScratchpad(enterRounds(lowered, rounds), input.samples, input.chip, input.graph.name);
  const operationsPerSample = stages.reduce((sum, stage) => sum + 2 * stage.rows * stage.columns * stage.vectors, 0);
  return { folded, lowered, sliced, scalings: calibrate(kernels, lowered, sliced, input), operationsPerSample };
}

/** Replicate, place, schedule, as chosen; what is left open is as in the default mapping. */
export function mapGraph(
  analysis: GraphAnalysis,
  input: Pick<GraphCompileInput, 'chip' | 'graph' | 'samples'>,
  choice: Partial<MappingChoice> = {},
): GraphMapping {
  const { chip, graph, samples } = input;
  const { share, copiesFor, placement, costOf = () => 1, ...choices } = { ...defaultChoice, ...choice };
  const rounds = roundsOf(analysis.lowered, analysis.sliced, chip);
  const used = analysis.sliced.reduce((sum, { tiles }) => sum + tiles, 0);
  const spare = Math.max(0, Math.floor(share * (chip.grid.rows * chip.grid.columns - used)));
  const matrices = placeRounds(replicate(analysis.sliced, spare, copiesFor), chip, rounds, placement === 'by traffic');
  const turned = enterRounds(analysis.lowered, rounds);
  // Images of a round follow one another: the next round's weights wait for the last of them.
  const stages = rounds.rounds.length > 1 ? 1 : choices.stages;
  const lowered = stages > 1 ? biasAhead(turned) : turned;
  const cut = (steps: readonly Step[]) => cutStages(steps, stages, costOf);
  const streams = { len: stages > 1 ? 0 : choices.len, longest: Number.POSITIVE_INFINITY, costOf };
  return { ...analysis, ...fitScratchpad(lowered, samples, chip, graph.name, { cut, streams }), matrices, rounds };
}

/** A graph to the program that programs the tiles, runs the test set and writes its results back. */
export function compileGraph(input: GraphCompileInput, mapping: GraphMapping, manifest: unknown, emitted?: StepWords): Program {
  const { lowered, matrices, scalings, schedule, rounds, controllers } = mapping;
  const { graph, test, chip, ages, compensation } = input;
  // What a round writes anew has no readings from before to compare with.
  if (compensation !== undefined && compensation !== 'none' && rounds.rounds.length > 1)
    throw inputError(
      `chip ${chip.name}`,
      `compensation ${compensation} where weights are written in ${rounds.rounds.length} rounds a batch`,
      'a chip whose tiles hold all weights, or compensation none',
    );
  return emitGraph(
    {
      ...{ name: graph.name, lowered, schedule, matrices, rounds, scalings, data: test, loss: graph.loss, chip, ages },
      ...(emitted === undefined ? {} : { emitted }),
      ...(controllers === undefined ? {} : { controllers }),
      ...(compensation === undefined ? {} : { compensation }),
    },
    manifest,
  );
}

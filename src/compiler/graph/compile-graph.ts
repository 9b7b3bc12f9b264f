import type { ChipDescription } from '../../chip/description.ts';
import type { Program } from '../../isa/program.ts';
import type { Graph } from '../../network/graph/graph.ts';
import type { DataSet } from '../../network/layer-graph.ts';
import type { Kernels } from '../../numeric/kernels.ts';
import { calibrateGroup, type GroupScaling } from '../calibrate-ranges.ts';
import { calibrationVectors } from '../calibration-vectors.ts';
import type { MatrixStage } from '../lower.ts';
import { type PlacedMatrix, place } from '../place.ts';
import { type SlicedMatrix, slice } from '../slice.ts';
import { checkSteps } from './check-steps.ts';
import { emitGraph } from './emit-graph.ts';
import { evaluateSteps } from './evaluate-steps.ts';
import { foldConstants } from './fold-constants.ts';
import { foldFlatten } from './fold-flatten.ts';
import { lowerGraph } from './lower-graph.ts';
import { replicate } from './replicate.ts';
import { type GraphSchedule, scheduleGraph } from './schedule-graph.ts';
import type { LoweredGraph } from './steps.ts';

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
  readonly schedule: GraphSchedule;
}

export const matrixStages = ({ steps }: LoweredGraph): readonly MatrixStage[] =>
  steps.flatMap(({ operation }) => (operation.kind === 'matrix' ? [operation.matrix] : []));

/** ADC ranges and declared statistics of every group, from what its matrix sees for the calibration inputs. */
function calibrate(
  kernels: Kernels,
  lowered: LoweredGraph,
  sliced: readonly SlicedMatrix[],
  input: GraphCompileInput,
): readonly GroupScaling[] {
  const inputs = new Map(sliced.map(({ stage }): [MatrixStage, Float32Array[]] => [stage, []]));
  for (const sample of input.calibration)
    evaluateSteps(kernels, lowered, sample, (stage, values) => void inputs.get(stage)!.push(values.slice()));
  return sliced.map((matrix) => {
    const { stage } = matrix;
    const own = inputs.get(stage)!;
    const all = new Float32Array(own.length * stage.inputElements);
    own.forEach((values, image) => void all.set(values, image * stage.inputElements));
    const { vectors, count } = calibrationVectors(stage, all, own.length);
    // A single image sets no range worth much work: it stands in where there are no data.
    const work = calibrationWork * Math.min(1, own.length / fullImages);
    const most = Math.max(Math.min(leastVectors, own.length), Math.floor(work / (stage.rows * stage.columns)));
    return calibrateGroup(matrix, ...thinned(vectors, count, stage.rows, most), input.chip);
  });
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

/** Fold, lower, slice, calibrate. */
export function analyseGraph(kernels: Kernels, input: GraphCompileInput): GraphAnalysis {
  const folded = foldFlatten(foldConstants(input.graph));
  const lowered = lowerGraph(folded);
  checkSteps(lowered, input.graph.name);
  const stages = matrixStages(lowered);
  const sliced = slice(stages, input.chip);
  // A chip too small is said before any work is done, and before memory is taken for values that no scratchpad holds.
  place(sliced, input.chip);
  scheduleGraph(lowered, input.samples, input.chip, input.graph.name);
  const operationsPerSample = stages.reduce((sum, stage) => sum + 2 * stage.rows * stage.columns * stage.vectors, 0);
  return { folded, lowered, sliced, scalings: calibrate(kernels, lowered, sliced, input), operationsPerSample };
}

/** Replicate, place, schedule: `share` of the tiles that one copy of everything leaves free go to copies. */
export function mapGraph(analysis: GraphAnalysis, input: GraphCompileInput, share = 0): GraphMapping {
  const { chip, graph, samples } = input;
  const used = analysis.sliced.reduce((sum, { tiles }) => sum + tiles, 0);
  const spare = Math.floor(share * (chip.grid.rows * chip.grid.columns - used));
  const matrices = place(replicate(analysis.sliced, spare), chip);
  return { ...analysis, matrices, schedule: scheduleGraph(analysis.lowered, samples, chip, graph.name) };
}

/** A graph to the program that programs the tiles, runs the test set and writes its results back. */
export function compileGraph(input: GraphCompileInput, mapping: GraphMapping, manifest: unknown): Program {
  const { lowered, matrices, scalings, schedule } = mapping;
  const { graph, test, chip, ages } = input;
  return emitGraph(
    { name: graph.name, lowered, schedule, matrices, scalings, data: test, loss: graph.loss, chip, ages },
    manifest,
  );
}

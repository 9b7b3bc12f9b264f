import { type CalibrationVectors, calibrationVectors } from '../compiler/calibration-vectors.ts';
import type { MatrixStage } from '../compiler/lower.ts';
import { isTransfer, type TrainingPlan } from '../compiler/training/algorithm.ts';
import { appendOnes, inputRows, joinBias } from '../compiler/training/bias-row.ts';
import type { CompileTraining, TrainingMapping } from '../compiler/training/compile-training.ts';
import type { Lstm } from '../network/graph/graph.ts';
import { lstm } from '../network/graph/lstm.ts';
import type { LayerParameters, NetworkParameters } from '../network/layer-graph.ts';
import { forward, gradients } from '../network/reference.ts';
import type { Kernels } from '../numeric/kernels.ts';
import type { GroupStatistics } from './manifest.ts';
import type { UpdateStatistics } from './training-manifest.ts';
import { addTrain, emptyTrains, meanTrains, type TrainSettings } from './training-trains.ts';

/** Multiply-accumulates that looking at sample images may take: a second or so. */
const mostOperations = 4e9;
const mostImages = 32;
/** Vectors looked at per matrix. */
const mostVectors = 1024;

const absMean = (values: Float32Array): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + Math.abs(value), 0) / values.length;

interface Statistics {
  readonly groups: readonly GroupStatistics[];
  readonly updates: readonly UpdateStatistics[];
}

/** What an average step sees: half of it a network at its start, half one at its end. */
export function updateStatistics(
  kernels: Kernels,
  input: CompileTraining,
  mapping: TrainingMapping,
  end: NetworkParameters,
): Statistics {
  const [first, last] = [input.parameters, end].map((parameters) => statisticsAt(kernels, input, mapping, parameters));
  return {
    groups: first!.groups.map((entry, at) => halfway(entry, last!.groups[at]!)),
    updates: first!.updates.map((entry, at) => halfway(entry, last!.updates[at]!)),
  };
}

/** Mean of two records of numbers; ids agree. */
function halfway<T extends object>(one: T, other: T): T {
  const entries = Object.entries(one).map(([key, value]) => [key, (value + (other as Record<string, number>)[key]!) / 2]);
  return Object.fromEntries(entries) as T;
}

/** Means over sample images of what reads and updates of every group do, for runs without values. */
function statisticsAt(
  kernels: Kernels,
  { network, plan, train, stepSize }: CompileTraining,
  { matrices, operationsPerSample }: TrainingMapping,
  parameters: NetworkParameters,
): Statistics {
  // Accumulated gradients are those of one batch: their noise is what pulses.
  const wanted = plan.algorithm.kind === 'mixed' ? plan.batch : mostImages;
  const images = Math.max(1, Math.min(wanted, train.count, Math.floor(mostOperations / (3 * operationsPerSample))));
  const size = train.images.length / train.count;
  const inputs = Float32Array.from(train.images.subarray(0, images * size), (code) => code * train.unit);
  const { activations = [] } = forward(kernels, network, parameters, inputs, { activations: true });
  const slopes = gradients(kernels, network, parameters, inputs, train.labels.subarray(0, images));
  const groups: GroupStatistics[] = [];
  const updates: UpdateStatistics[] = [];
  for (const { stage, group, fast } of matrices) {
    const layerInputs = stage.layer === 0 ? inputs : activations[stage.layer - 1]!;
    const x = vectorsOf(kernels, stage, layerInputs, images, parameters[stage.layer]!);
    // The reference divides by the batch; the chip's gradients are sums.
    const d = sampledGradients(stage, slopes.deltas[stage.layer]!, images).map((value) => value * images);
    const slope = slopes.gradients[stage.layer]!;
    const weightMean = Math.min(1, absMean(parameters[stage.layer]!.weights) / plan.weightMax);
    groups.push({ group, inputActivity: inputActivity(x.vectors, stage.rows), weightMean });
    if (fast !== undefined) groups.push({ group: fast.group, inputActivity: 1 / stage.rows, weightMean: 0.1 });
    if (plan.algorithm.kind === 'mixed')
      updates.push(writeOuts(group, stage.constantRow === true ? joinBias(slope) : slope.weights, stage, plan, stepSize));
    else updates.push(trains(fast?.group ?? group, x.vectors, d, stage, plan, stepSize));
  }
  return { groups, updates };
}

/** Gradients at the pixels that `calibrationVectors` looks at. */
function sampledGradients(stage: MatrixStage, deltas: Float32Array, images: number): Float32Array {
  if (stage.window === undefined) return deltas;
  const pixels = Math.max(1, Math.floor(stage.vectors / 64));
  const perImage = Math.ceil(stage.vectors / pixels);
  const out = new Float32Array(images * perImage * stage.columns);
  let at = 0;
  for (let image = 0; image < images; image++)
    for (let pixel = 0; pixel < stage.vectors; pixel += pixels) {
      const from = (image * stage.vectors + pixel) * stage.columns;
      out.set(deltas.subarray(from, from + stage.columns), at);
      at += stage.columns;
    }
  return out;
}

/** Mean of |x| over the largest |x| of its vector. */
function inputActivity(vectors: Float32Array, rows: number): number {
  let sum = 0;
  const count = vectors.length / rows;
  for (let at = 0; at < vectors.length; at += rows) {
    const vector = vectors.subarray(at, at + rows);
    const largest = vector.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    if (largest > 0) sum += absMean(vector) / largest;
  }
  return count === 0 ? 0 : sum / count;
}

function trains(
  group: number,
  x: Float32Array,
  d: Float32Array,
  stage: MatrixStage,
  plan: TrainingPlan,
  step: number,
): UpdateStatistics {
  const { rows, columns } = stage;
  const count = Math.min(mostVectors, x.length / rows, d.length / columns);
  const { algorithm, update } = plan;
  const stepSize = step * plan.weightMax;
  const rate = isTransfer(algorithm) ? algorithm.fastRate : plan.learningRate;
  const scaled = isTransfer(algorithm) && algorithm.autoScale;
  const settings: TrainSettings = {
    ...update,
    // one pulse a cell has trains of one
    length: update.rule === 'sign' || update.rule === 'amplitude' ? 1 : update.length,
    stepSize,
    rate: scaled ? rate * update.length * stepSize : rate / plan.batch,
    scaled,
  };
  const sums = emptyTrains();
  for (let vector = 0; vector < count; vector++)
    addTrain(sums, x.subarray(vector * rows, (vector + 1) * rows), d.subarray(vector * columns, (vector + 1) * columns));
  return { group, ...meanTrains(sums, settings) };
}

/**
 * Pulses of one write-out: an accumulated gradient wanders between its thresholds (triangular density), so a change of D steps
 * emits with chance D^2 / 2.
 */
function writeOuts(
  group: number,
  gradient: Float32Array,
  stage: MatrixStage,
  plan: TrainingPlan,
  step: number,
): UpdateStatistics {
  const { algorithm, learningRate, weightMax } = plan;
  if (algorithm.kind !== 'mixed') throw new RangeError(`algorithm is ${algorithm.kind}; want mixed`);
  const unit = (learningRate * Math.sqrt(algorithm.everyBatches)) / (algorithm.threshold * step * weightMax);
  let pulses = 0;
  let slots = 0;
  for (let row = 0; row < stage.rows; row++) {
    let quiet = 1;
    for (let column = 0; column < stage.columns; column++) {
      const steps = Math.abs(gradient[row * stage.columns + column]!) * unit;
      const chance = steps >= 1 ? 1 : (steps * steps) / 2;
      pulses += Math.max(chance, steps >= 1 ? steps : 0);
      // Up and down pulses of a row share nothing, each sign takes half the chance.
      quiet *= 1 - chance / 2;
    }
    slots += 2 * (1 - quiet);
  }
  return { group, slots, pulses, halfSelects: 0, linePulses: slots + pulses, trainBits: 0 };
}

/** What a matrix sees of the images: for a recurrence inputs and states of every step, in the order of its gradients. */
function vectorsOf(
  kernels: Kernels,
  stage: MatrixStage,
  inputs: Float32Array,
  images: number,
  parameters: LayerParameters,
): CalibrationVectors {
  if (stage.constantRow !== true) return inputVectorsOf(kernels, stage, inputs, images, parameters);
  const rows = inputRows(stage);
  const given = inputVectorsOf(kernels, { ...stage, rows, constantRow: false }, inputs, images, parameters);
  return { ...given, vectors: appendOnes(given.vectors, rows) };
}

function inputVectorsOf(
  kernels: Kernels,
  stage: MatrixStage,
  inputs: Float32Array,
  images: number,
  { weights, bias }: LayerParameters,
): CalibrationVectors {
  if (stage.recurrent === undefined) return calibrationVectors(stage, inputs, images);
  const { steps } = stage.recurrent;
  const operation: Lstm = {
    ...{ kind: 'lstm', ...stage.recurrent },
    weights,
    bias,
    reverse: false,
    hidden: undefined,
    cell: undefined,
  };
  const size = inputs.length / images;
  const vectors = new Float32Array(images * steps * stage.rows);
  for (let image = 0; image < images; image++) {
    const { joined } = lstm(kernels, operation, inputs.subarray(image * size, (image + 1) * size));
    for (let step = 0; step < steps; step++)
      vectors.set(joined.subarray(step * stage.rows, (step + 1) * stage.rows), (step * images + image) * stage.rows);
  }
  return { vectors, count: images * steps };
}

import { type TrainableNetwork, trainableNetwork } from '../compiler/graph/trainable-network.ts';
import { inputError } from '../config/issue.ts';
import type { Files } from '../network/data/files.ts';
import type { Graph } from '../network/graph/graph.ts';
import { elementsOf } from '../network/graph/rearrange.ts';
import type { DataSet } from '../network/layer-graph.ts';
import type { ModelOptions } from './compile-model.ts';
import { checkExperiment, type Experiment } from './experiment.ts';
import { fitShape } from './model-data.ts';
import { readModel } from './read-model.ts';
import { algorithmSchema, type TrainingKind } from './training-settings.ts';

/** A model that is trained from the weights it has. */
export interface TrainedModel extends TrainableNetwork {
  /** Images in the order that the model takes them. */
  readonly fit: (data: DataSet) => DataSet;
}

export interface ModelTraining {
  readonly experiment: Experiment;
  readonly model: TrainedModel;
}

/** Value of one step of an 8-bit pixel as data sets have it. */
const dataUnit = 1 / 255;

/** Full-scale weight at least, and room above the largest weight: trained weights are held there (assumed). */
const weightRoom = { least: 0.6, factor: 1.1 } as const;

/** What the shipped experiments of the rule say, where that is not its default. */
const settingsOf: Readonly<Record<TrainingKind, object>> = {
  sgd: {},
  'tiki-taka': { rowsPerSample: 10 },
  ttv2: { rowsPerSample: 10, symmetryPulses: 100 },
  cttv2: { rowsPerSample: 10 },
  agad: { rowsPerSample: 10, chopProbability: 0.2 },
  mixed: { learningRate: 0.1 },
};

/** First-layer weights for pixels of another unit: learning rates are made for inputs around 1. */
function withUnit({ network, parameters }: TrainableNetwork, scale: number): TrainableNetwork {
  if (scale === dataUnit) return { network, parameters };
  const first = parameters.findIndex(({ weights }) => weights.length > 0);
  const factor = scale / dataUnit;
  return {
    network,
    parameters: parameters.map((own, at) => (at === first ? { ...own, weights: own.weights.map((x) => x * factor) } : own)),
  };
}

function largestWeight({ parameters }: TrainableNetwork): number {
  return parameters.reduce((most, { weights }) => weights.reduce((largest, x) => Math.max(largest, Math.abs(x)), most), 0);
}

function refuseScaling({ inputMean, inputStd }: ModelOptions): void {
  if (inputMean !== undefined || inputStd !== undefined)
    throw inputError(
      '--train',
      'with --input-mean or --input-std',
      '--input-scale alone: training programs read pixels as they are',
    );
}

/**
 * The experiment that trains a model on the chip from its own weights, with the settings of the shipped experiments. Throws InputError
 * naming every layer that cannot be trained.
 */
export function trainModel(path: string, kind: TrainingKind, options: ModelOptions, files: Files): ModelTraining {
  refuseScaling(options);
  const graph: Graph = readModel(path, files, options.seed ?? 1);
  const own = withUnit(trainableNetwork(graph), options.inputScale ?? dataUnit);
  if (options.data === undefined && elementsOf(graph.inputShape) !== 28 * 28)
    throw inputError('--data', 'none', `a data set of ${graph.inputShape.join(' x ')} images to train on`);
  const weightMax = Math.max(weightRoom.least, weightRoom.factor * largestWeight(own));
  const rate = options.learningRate === undefined ? {} : { learningRate: options.learningRate };
  const experiment = checkExperiment(
    {
      ...{ name: graph.name, network: path, chip: 'cmo-14nm-large', device: 'cmo-hfox-train' },
      set: ['mapping.scheme=reference-cell', 'tile.array.irDrop=off'],
      algorithm: algorithmSchema.parse({ kind, weightMax, epochs: options.epochs ?? 1, ...settingsOf[kind], ...rate }),
      ages: ['1 day', '10 years'],
    },
    path,
  );
  return { experiment, model: { ...own, fit: (data) => fitShape(data, graph) } };
}

import { InputError, type Issue, inputError } from '../config/issue.ts';
import { makeDataSet, takeFirst } from '../network/data/data-set.ts';
import { generateDigits } from '../network/data/digits.ts';
import type { Files } from '../network/data/files.ts';
import { findData } from '../network/data/find-data.ts';
import type { Graph, GraphNode } from '../network/graph/graph.ts';
import { elementsOf, permute } from '../network/graph/rearrange.ts';
import type { DataSet } from '../network/layer-graph.ts';
import { createStream } from '../numeric/philox.ts';
import { purposes } from '../numeric/purposes.ts';

/** How codes of a data set become the numbers a model was trained on: (code x scale - mean) / deviation, a value a channel. */
export interface InputScaling {
  readonly scale?: number;
  readonly mean?: readonly number[];
  readonly deviation?: readonly number[];
}

/** Data for a model: training images set ADC ranges, test images are run. */
export interface ModelData {
  readonly train: DataSet;
  readonly test: DataSet;
  /** No data set fits: noise, for time and energy alone. */
  readonly noise: boolean;
}

const digitsSeed = 1;
const noiseSamples = 16;
/** Digits drawn for ADC ranges, and at most for a test: the first of those that experiments use. */
const calibrationDigits = 64;
const testDigits = 2000;

/** Images in the model's own order: a vector input takes channels first, as frameworks flatten maps. */
export function fitShape(data: DataSet, { inputShape, name }: Graph): DataSet {
  const { shape } = data;
  const long = (sizes: readonly number[]): string => sizes.filter((size) => size > 1).join();
  if (shape.join() === inputShape.join()) return data;
  // A map of one channel is a sequence of its rows.
  if (long(shape) === long(inputShape)) return { ...data, shape: inputShape };
  const issue = inputError(data.name, `images of ${shape.join(' x ')}`, `${inputShape.join(' x ')}, the input of ${name}`);
  if (elementsOf(shape) !== elementsOf(inputShape) || inputShape.filter((size) => size > 1).length > 1) throw issue;
  if (shape.length !== 3 || shape[2] === 1) return { ...data, shape: inputShape };
  const size = elementsOf(shape);
  const images = new Uint8Array(data.images.length);
  for (let at = 0; at < data.count; at++)
    images.set(permute(Float32Array.from(data.images.subarray(at * size, (at + 1) * size)), shape, [2, 0, 1]), at * size);
  return { ...data, shape: inputShape, images };
}

function noiseData(graph: Graph): DataSet {
  const stream = createStream(digitsSeed, purposes.data, 2);
  const images = new Uint8Array(noiseSamples * elementsOf(graph.inputShape));
  for (let at = 0; at < images.length; at++) images[at] = stream.integer(256);
  const labels = new Uint8Array(noiseSamples);
  return makeDataSet({ name: 'noise', shape: graph.inputShape, images, labels }, 1);
}

/** The data set in `folder`; without one the embedded digits where they fit, else noise. */
export function modelData(graph: Graph, folder: string | undefined, files: Files, samples: number): ModelData {
  if (folder === undefined && elementsOf(graph.inputShape) !== 28 * 28) {
    const noise = takeFirst(noiseData(graph), samples);
    return { train: noise, test: noise, noise: true };
  }
  const { train, test } =
    folder === undefined ? generateDigits(digitsSeed, calibrationDigits, Math.min(samples, testDigits)) : findData(files, folder);
  return { train: fitShape(train, graph), test: fitShape(takeFirst(test, samples), graph), noise: false };
}

/** The graph behind the arithmetic that turns scaled codes into what the model was trained on. */
export function withScaling(graph: Graph, { mean, deviation }: InputScaling): Graph {
  if (mean === undefined && deviation === undefined) return graph;
  const channels = graph.inputShape.at(-1)!;
  const issues: Issue[] = [];
  const spread = (values: readonly number[], option: string): readonly number[] => {
    if (values.length !== 1 && values.length !== channels)
      issues.push({ file: option, found: `${values.length} values`, expected: `1 or ${channels}, a value a channel` });
    return values;
  };
  const [means, deviations] = [spread(mean ?? [0], '--input-mean'), spread(deviation ?? [1], '--input-std')];
  if (issues.length > 0) throw new InputError(issues);
  const length = means.length === 1 && deviations.length === 1 ? 1 : channels;
  const at = (values: readonly number[], index: number): number => values[index % values.length]!;
  const constant = (value: (index: number) => number): Float32Array => Float32Array.from({ length }, (_, index) => value(index));
  const add = (name: string, input: string, operation: GraphNode['operation']): GraphNode => ({
    ...{ name, inputs: [input], shape: graph.inputShape, operation },
  });
  const factor = constant((index) => 1 / at(deviations, index));
  const addend = constant((index) => -at(means, index) / at(deviations, index));
  const scaled = add('input scale', graph.input, { kind: 'constant', function: 'mul', constant: factor, reversed: false });
  const shifted = add('input shift', scaled.name, { kind: 'constant', function: 'add', constant: addend, reversed: false });
  const renamed = (name: string): string => (name === graph.input ? shifted.name : name);
  const nodes = graph.nodes.map((node) => ({ ...node, inputs: node.inputs.map(renamed) }));
  return { ...graph, nodes: [scaled, shifted, ...nodes] };
}

import { inputError } from '../config/issue.ts';
import type { Kernels } from '../numeric/kernels.ts';
import { allocateForward, type ForwardSpace, runForward } from './forward-pass.ts';
import type { DataSet, Network, NetworkParameters } from './layer-graph.ts';
import { batchLoss } from './loss.ts';
import { loadParameters } from './resident-parameters.ts';
import { describeShape, sizeOf } from './shapes.ts';
import { withScratch } from './with-scratch.ts';

/** How a float network does on a data set. */
export interface Evaluation {
  /** Share of samples whose largest output is their label, 0..1. */
  readonly accuracy: number;
  /** Mean loss a sample. */
  readonly loss: number;
  /** [count x outputs] */
  readonly logits: Float32Array;
}

/** Large enough for the matrix products, small enough for the cache. */
const defaultBatch = 128;

/** Runs the whole data set through the float reference. Throws InputError when the data do not fit the network. */
export function evaluate(
  kernels: Kernels,
  network: Network,
  parameters: NetworkParameters,
  data: DataSet,
  batch = defaultBatch,
): Evaluation {
  checkFit(network, data);
  return withScratch(kernels, () => runBatches(kernels, network, parameters, data, Math.min(batch, data.count)));
}

function runBatches(kernels: Kernels, network: Network, parameters: NetworkParameters, data: DataSet, batch: number): Evaluation {
  const space = allocateForward(kernels, network, batch);
  loadParameters(kernels, network, space.parameters, parameters);
  const codes = kernels.allocate(space.batch * sizeOf(data.shape));
  const outputs = sizeOf(network.shapes.at(-1)!);
  const logits = new Float32Array(data.count * outputs);
  let loss = 0;
  let correct = 0;
  for (let first = 0; first < data.count; first += space.batch) {
    const labels = data.labels.subarray(first, first + space.batch);
    loadBatch(space, codes, data, labels.length, (sample) => first + sample);
    runForward(space, labels.length);
    const values = kernels.f32(space.values.at(-1)!, labels.length * outputs);
    logits.set(values, first * outputs);
    const lost = batchLoss(network.loss, values, labels, outputs);
    loss += lost.sum;
    correct += lost.correct;
  }
  return { accuracy: correct / data.count, loss: loss / data.count, logits };
}

/** Copies `count` images, chosen by `pick`, into values[0] as floats; `codes` is scratch of batch x image bytes. */
export function loadBatch(
  space: ForwardSpace,
  codes: number,
  data: DataSet,
  count: number,
  pick: (sample: number) => number,
): void {
  const pixels = sizeOf(data.shape);
  const staged = space.kernels.u8(codes, count * pixels);
  for (let sample = 0; sample < count; sample++) {
    const start = pick(sample) * pixels;
    staged.set(data.images.subarray(start, start + pixels), sample * pixels);
  }
  space.kernels.fromU8(space.values[0]!, codes, count * pixels, data.unit);
}

/**
 * The data must have the network's input size (a vector network takes any shape of that size) and no more classes than it has outputs.
 * Throws InputError naming the data set.
 */
export function checkFit(network: Network, data: DataSet): void {
  const outputs = sizeOf(network.shapes.at(-1)!);
  if (data.count === 0) throw inputError(data.name, '0 samples', 'at least 1');
  const shapesFit = network.inputShape.length === 1 || describeShape(data.shape) === describeShape(network.inputShape);
  if (!shapesFit || sizeOf(data.shape) !== sizeOf(network.inputShape)) {
    const expected = `${describeShape(network.inputShape)}, the input of ${network.name}`;
    throw inputError(data.name, `images of ${describeShape(data.shape)}`, expected);
  }
  if (data.classes > outputs) {
    throw inputError(data.name, `${data.classes} classes`, `at most ${outputs}, the outputs of ${network.name}`);
  }
}

import { sha256 } from '../../config/hash.ts';
import { inputError } from '../../config/issue.ts';
import type { DataSet } from '../layer-graph.ts';

/** Images and labels as a reader found them, before the number of classes is settled between training and test set. */
export interface LabelledImages {
  readonly name: string;
  /** Channels-last shape of one image. */
  readonly shape: readonly number[];
  readonly images: Uint8Array;
  readonly labels: Uint8Array;
}

/** Both halves of a data set; they share shape and classes. */
export interface DataSplit {
  readonly train: DataSet;
  readonly test: DataSet;
}

/** One image as 8-bit codes: value = code / 255, the scale on which every reader delivers. */
export const imageUnit = 1 / 255;

/** Adds count and digest. Throws RangeError when images and labels do not belong together. */
export function makeDataSet(parts: LabelledImages, classes: number): DataSet {
  const pixels = parts.shape.reduce((product, size) => product * size, 1);
  const count = parts.labels.length;
  if (parts.images.length !== count * pixels) {
    throw new RangeError(`images hold ${parts.images.length} bytes; want ${count} labels x ${pixels} pixels = ${count * pixels}`);
  }
  const both = new Uint8Array(parts.images.length + count);
  both.set(parts.images);
  both.set(parts.labels, parts.images.length);
  return { ...parts, classes, unit: imageUnit, count, digest: sha256(both) };
}

/** Joins a training and a test half: same shape, and as many classes as the largest label of either needs. */
export function makeSplit(train: LabelledImages, test: LabelledImages): DataSplit {
  if (train.shape.join('x') !== test.shape.join('x')) {
    throw inputError(test.name, `images of ${test.shape.join('x')}`, `images of ${train.shape.join('x')} as in ${train.name}`);
  }
  const largest = (labels: Uint8Array): number => labels.reduce((maximum, label) => Math.max(maximum, label), 0);
  const classes = Math.max(largest(train.labels), largest(test.labels)) + 1;
  return { train: makeDataSet(train, classes), test: makeDataSet(test, classes) };
}

/** The first `count` samples (all when there are fewer): a smaller set with its own digest. */
export function takeFirst(data: DataSet, count: number): DataSet {
  if (count >= data.count) return data;
  const pixels = data.shape.reduce((product, size) => product * size, 1);
  const { name, shape } = data;
  const part = { name, shape, images: data.images.slice(0, count * pixels), labels: data.labels.slice(0, count) };
  return { ...makeDataSet(part, data.classes), unit: data.unit };
}

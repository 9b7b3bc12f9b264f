import type { DataSplit } from '../network/data/data-set.ts';
import type { DataSet } from '../network/layer-graph.ts';
import { type DataTable, measure } from './data-table.ts';

/** Samples of each class. */
function histogram({ labels, classes }: DataSet): readonly number[] {
  const counts = Array<number>(classes).fill(0);
  for (const label of labels) counts[label]! += 1;
  return counts;
}

/** Mean of the pixels, as a value 0..1. */
function meanPixel({ images, unit }: DataSet): number {
  let sum = 0;
  for (const code of images) sum += code;
  return images.length === 0 ? 0 : (sum * unit) / images.length;
}

const halfDocument = (half: DataSet) => ({
  name: half.name,
  samples: half.count,
  shape: half.shape,
  classes: half.classes,
  perClass: histogram(half),
  meanPixel: meanPixel(half),
  digest: half.digest,
});

/** `ohmic.data/1`: what a data set is, without its images. */
export const dataSetDocument = ({ train, test }: DataSplit) => ({
  schema: 'ohmic.data/1',
  train: halfDocument(train),
  test: halfDocument(test),
});

export const dataSetTable = ({ train, test }: DataSplit): DataTable => ({
  name: 'data',
  title: `Data set: images of ${train.shape.join('x')}, ${train.classes} classes`,
  columns: ['set', 'samples', 'fewest of a class', 'most of a class', 'mean pixel', 'sha-256'],
  rows: [train, test].map((half) => [
    half.name,
    measure(half.count, 'count'),
    measure(Math.min(...histogram(half)), 'count'),
    measure(Math.max(...histogram(half)), 'count'),
    measure(meanPixel(half), 'number'),
    half.digest.slice(0, 16),
  ]),
});

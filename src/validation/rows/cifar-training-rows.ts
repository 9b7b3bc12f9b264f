import { type DataSplit, makeDataSet, takeFirst } from '../../network/data/data-set.ts';
import type { DataSet } from '../../network/layer-graph.ts';
import { ownWork, type SharedWork } from '../../simulate/shared-work.ts';
import { lossRow } from '../loss-row.ts';
import type { RowFamily } from '../row-family.ts';
import { hasData, sampledAccuracy, shippedExperiment } from '../training-accuracy.ts';

const seeds = 3;
/** Images that learn and images that test, both from the training part: the subset's own test part has a hundred. */
const [learning, testing] = [3000, 1000];

function lastOf(data: DataSet, count: number): DataSet {
  const { name, shape, images, labels, classes, unit } = data;
  const from = data.count - count;
  const pixels = images.length / data.count;
  const part = { name, shape, images: images.slice(from * pixels), labels: labels.slice(from) };
  return { ...makeDataSet(part, classes), unit };
}

const parted = ({ train }: DataSplit): DataSplit => ({ train: takeFirst(train, learning), test: lastOf(train, testing) });
const shared: SharedWork = { ...ownWork, data: (_, make) => parted(make()) };

/** Mixed precision on a small VGG and a part of CIFAR-10 against its own float reference. */
export const cifarTrainingRows: RowFamily = {
  name: 'a small VGG trained with mixed precision',
  ids: ['CIFAR-vgg'],
  long: true,
  measure: (ports) => {
    if (!hasData(ports, 'cifar')) return [];
    const found = sampledAccuracy({ ...ports, shared }, shippedExperiment(ports, 'cifar-vgg-mixed'), seeds, true);
    const name = `accuracy lost against float: cifar-vgg-mixed, ${learning} images, chip ${(100 * found.mean).toFixed(2)} %`;
    const source = `the float network of the same seed, start, order and rate: ${(100 * found.float).toFixed(2)} %`;
    return [lossRow(found, { id: 'CIFAR-vgg', name, tolerance: 0.02, class: 'out-of-sample', source })];
  },
};

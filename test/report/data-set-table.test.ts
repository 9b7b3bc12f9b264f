import { expect, test } from 'vitest';
import { makeDataSet } from '../../src/network/data/data-set.ts';
import { dataSetDocument, dataSetTable } from '../../src/report/data-set-table.ts';
import { measure } from '../../src/report/data-table.ts';

const half = (name: string, labels: readonly number[]) =>
  makeDataSet({ name, shape: [1, 2, 1], images: new Uint8Array(2 * labels.length).fill(51), labels: Uint8Array.from(labels) }, 3);
const split = { train: half('train', [0, 1, 1, 2]), test: half('test', [2, 2]) };

test('counts samples of each class, empty ones too', () => {
  const { train, test: tested } = dataSetDocument(split);
  expect(train.perClass).toEqual([1, 2, 1]);
  expect(tested.perClass).toEqual([0, 0, 2]);
  expect(train.meanPixel).toBeCloseTo(0.2, 12);
});

test('the table has a line for each half', () => {
  expect(dataSetTable(split).rows.map((row) => row.slice(0, 4))).toEqual([
    ['train', measure(4, 'count'), measure(1, 'count'), measure(2, 'count')],
    ['test', measure(2, 'count'), measure(0, 'count'), measure(2, 'count')],
  ]);
});

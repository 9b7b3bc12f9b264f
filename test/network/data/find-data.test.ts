import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { findData } from '../../../src/network/data/find-data.ts';
import { diskFiles, realData } from '../../support/data.ts';
import { memoryFiles } from '../../support/memory-files.ts';
import { ascii, cifarRecord, idxFile, npyFile } from './build.ts';

const images = idxFile([2, 1, 1], [5, 6]);
const labels = idxFile([2], [0, 4]);
const idx = {
  'd/train-images-idx3-ubyte.gz': gzipSync(images),
  'd/train-labels-idx1-ubyte': labels,
  'd/t10k-images.idx3-ubyte': images,
  'd/t10k-labels-idx1-ubyte': idxFile([2], [0, 6]),
};

describe('findData', () => {
  it('finds IDX, plain or gzipped, and settles the classes over both halves', () => {
    const { train, test } = findData(memoryFiles(idx), 'd/');
    expect(train).toMatchObject({ name: 'd-train', count: 2, classes: 7, shape: [1, 1, 1], unit: 1 / 255 });
    expect(test).toMatchObject({ name: 'd-test', count: 2, classes: 7 });
    expect(train.digest).toMatch(/^[0-9a-f]{64}$/);
    expect(train.digest).not.toBe(test.digest);
  });

  it('finds CIFAR-10 by its own names and by names with train and test', () => {
    const own = {
      'c/data_batch_2.bin': cifarRecord(2, 0, 0, 0),
      'c/data_batch_1.bin': cifarRecord(1, 0, 0, 0),
      'c/test_batch.bin': cifarRecord(9, 0, 0, 0),
    };
    expect(Array.from(findData(memoryFiles(own), 'c').train.labels)).toEqual([1, 2]);
    const other = {
      'c/cifar10_train_first4000.bin.gz': gzipSync(cifarRecord(1, 0, 0, 0)),
      'c/cifar10_test_first100.bin': cifarRecord(9, 0, 0, 0),
    };
    expect(findData(memoryFiles(other), 'c').test).toMatchObject({ classes: 10, shape: [32, 32, 3] });
  });

  it('finds NumPy and CSV pairs', () => {
    const [pixels, classes] = [npyFile('|u1', [1, 2, 2], new Uint8Array(4)), npyFile('|u1', [1], Uint8Array.of(1))];
    const numpy = {
      'n/x_train.npy': pixels,
      'n/y_train.npy': classes,
      'n/test_images.npy': pixels,
      'n/test_labels.npy': classes,
    };
    expect(findData(memoryFiles(numpy), 'n').train).toMatchObject({ classes: 2, shape: [2, 2, 1] });
    const csv = { 'v/mnist_train.csv': ascii('3,1,2,3,4\r\n'), 'v/mnist_test.csv': ascii('1,1,2,3,4') };
    expect(findData(memoryFiles(csv), 'v').train).toMatchObject({ classes: 4, shape: [2, 2, 1] });
  });

  it('reads a file that is there twice once', () => {
    const twice = { ...idx, 'd/train-labels-idx1-ubyte.gz': ascii('never opened') };
    expect(findData(memoryFiles(twice), 'd').train.count).toBe(2);
  });

  it('names what is missing from a data set that is partly there, and the nearest file', () => {
    const { 'd/train-labels-idx1-ubyte': taken, ...rest } = idx;
    const files = memoryFiles({ ...rest, 'd/train-label-idx1-ubyte': taken });
    expect(() => findData(files, 'd')).toThrow(
      /^d found no train-labels-idx1-ubyte\[\.gz\] among .*expected all files of the IDX data set \(did you mean train-label-idx1-ubyte\?\)$/,
    );
  });

  it('lists what it looks for in an empty, absent or foreign directory', () => {
    expect(() => findData(memoryFiles({}), 'nowhere')).toThrow(
      /^nowhere found no files, expected a directory with a data set: train-images.*train_images\.npy.*\(CIFAR-10 binary\).*\(CSV\)$/,
    );
    expect(() => findData(memoryFiles({ 'd/notes.txt': ascii('hi') }), 'd')).toThrow(
      /^d found notes\.txt, expected train-images-idx3-ubyte/,
    );
    expect(() => findData(memoryFiles({ 'd/data_bach_1.bim': ascii('hi') }), 'd')).toThrow(/did you mean data_batch_1\.bin\?/);
  });

  it('refuses halves of different shape and unreadable files', () => {
    expect(() => findData(memoryFiles({ ...idx, 'd/t10k-images.idx3-ubyte': idxFile([2, 1, 2], [1, 2, 3, 4]) }), 'd')).toThrow(
      'd-test found images of 1x2x1, expected images of 1x1x1 as in d-train',
    );
    const broken = {
      ...memoryFiles(idx),
      read: () => {
        throw new Error('permission denied');
      },
    };
    expect(() => findData(broken, 'd')).toThrow(
      /^d\/train-images-idx3-ubyte\.gz found a file that cannot be read \(permission denied\)/,
    );
  });

  const mnist = realData('mnist');
  it.skipIf(mnist === undefined)('reads the real MNIST', () => {
    const { train, test } = findData(diskFiles, mnist!);
    expect(train).toMatchObject({ name: 'mnist-train', count: 60_000, classes: 10, shape: [28, 28, 1] });
    expect(test.count).toBe(10_000);
    expect(Array.from(test.labels.subarray(0, 5))).toEqual([7, 2, 1, 0, 4]);
  });

  const cifar = realData('cifar10-subset');
  it.skipIf(cifar === undefined)('reads the real CIFAR-10 subset', () => {
    const { train, test } = findData(diskFiles, cifar!);
    expect(train).toMatchObject({ count: 4000, classes: 10, shape: [32, 32, 3] });
    expect(test.count).toBe(100);
  });
});

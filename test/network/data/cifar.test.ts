import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readCifar } from '../../../src/network/data/cifar.ts';
import { cifarRecord, joinBytes } from './build.ts';

describe('readCifar', () => {
  const first = joinBytes(cifarRecord(3, 10, 20, 30), cifarRecord(9, 1, 2, 3));

  it('turns planes into channels-last pixels and joins files', () => {
    const set = readCifar('c', [
      { file: 'a', bytes: first },
      { file: 'b', bytes: gzipSync(cifarRecord(0, 7, 8, 9)) },
    ]);
    expect(set.shape).toEqual([32, 32, 3]);
    expect(Array.from(set.labels)).toEqual([3, 9, 0]);
    expect(Array.from(set.images.subarray(0, 6))).toEqual([10, 20, 30, 10, 20, 30]);
    expect(Array.from(set.images.subarray(-3))).toEqual([7, 8, 9]);
  });

  it('keeps the place of a pixel in its plane', () => {
    const record = cifarRecord(1, 0, 0, 0);
    record[1 + 1024 + 5 * 32 + 7] = 200;
    const { images } = readCifar('c', [{ file: 'a', bytes: record }]);
    expect(images.indexOf(200)).toBe((5 * 32 + 7) * 3 + 1);
  });

  it.each([
    ['a truncated file', first.subarray(0, 4000), 'a.bin found 4000 bytes, expected a multiple of 3073'],
    ['an empty file', new Uint8Array(), 'a.bin found an empty file'],
    [
      'a label of another format',
      cifarRecord(77, 0, 0, 0),
      'a.bin found label 77 in record 0, expected a CIFAR-10 label from 0 to 9',
    ],
  ])('refuses %s', (_what, bytes, message) => {
    expect(() => readCifar('c', [{ file: 'a.bin', bytes }])).toThrow(message);
  });
});

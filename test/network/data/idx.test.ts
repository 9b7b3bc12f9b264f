import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../../src/config/issue.ts';
import { readIdx, readIdxPair } from '../../../src/network/data/idx.ts';
import { ascii, idxFile } from './build.ts';

describe('readIdx', () => {
  it('reads what was written, gzipped or plain', () => {
    const file = fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }), fc.boolean());
    fc.assert(
      fc.property(file, ([rows, columns, zipped]) => {
        const values = Uint8Array.from({ length: rows * columns }, (_, index) => (7 * index) % 256);
        const bytes = idxFile([rows, columns], values);
        const read = readIdx(zipped ? gzipSync(bytes) : bytes, 'a', 2);
        expect(read.dimensions).toEqual([rows, columns]);
        expect(Array.from(read.values)).toEqual(Array.from(values));
      }),
      { seed: 1, numRuns: 40 },
    );
  });

  it('refuses every truncation with one error that names the file', () => {
    const bytes = idxFile([2, 3], [1, 2, 3, 4, 5, 6]);
    for (let length = 0; length < bytes.length; length++) {
      expect(() => readIdx(bytes.subarray(0, length), 'cut.idx', 2)).toThrow(InputError);
      expect(() => readIdx(bytes.subarray(0, length), 'cut.idx', 2)).toThrow(/^cut\.idx found [^\n]*$/);
    }
  });

  it.each([
    ['an empty file', new Uint8Array(), 'found an empty file'],
    ['text', ascii('label,pixel'), 'found magic 0x6c616265, expected the IDX magic 0x00000803'],
    ['labels for images', idxFile([3], [1, 2, 3]), 'found magic 0x00000801'],
    ['bytes too many', idxFile([1, 1, 1], [1, 2]), 'found 2 bytes after the header, expected 1 x 1 x 1 = 1 bytes'],
    ['no images', idxFile([0, 28, 28], []), 'found dimensions 0 x 28 x 28, expected at least one value'],
    ['a broken gzip', gzipSync(idxFile([1, 1, 1], [1])).subarray(0, 20), 'found gzip data that do not unpack'],
  ])('refuses %s', (_what, bytes, message) => {
    expect(() => readIdx(bytes, 'x', 3)).toThrow(message);
  });
});

describe('readIdxPair', () => {
  const images = idxFile(
    [2, 2, 3],
    Array.from({ length: 12 }, (_, index) => index),
  );

  it('joins images and labels', () => {
    const set = readIdxPair('tiny', images, 'i', idxFile([2], [4, 9]), 'l');
    expect(set).toMatchObject({ name: 'tiny', shape: [2, 3, 1] });
    expect(Array.from(set.labels)).toEqual([4, 9]);
  });

  it('refuses counts that differ, naming both files', () => {
    const labels = idxFile([3], [4, 9, 1]);
    expect(() => readIdxPair('tiny', images, 'i.gz', labels, 'l.gz')).toThrow(
      'l.gz found 3 labels, expected 2, one for each image of i.gz',
    );
  });
});

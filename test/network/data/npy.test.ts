import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readNpy, readNpyPair } from '../../../src/network/data/npy.ts';
import { ascii, npyFile } from './build.ts';

const floats = (...values: number[]): Uint8Array => new Uint8Array(Float32Array.from(values).buffer);

describe('readNpy', () => {
  it('reads u1 and f4 of any shape', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 }), (shape) => {
        const size = shape.reduce((product, length) => product * length, 1);
        const values = Array.from({ length: size }, (_, index) => index / 4);
        expect(readNpy(npyFile('<f4', shape, floats(...values)), 'a')).toEqual({ shape, values: Float32Array.from(values) });
        expect(readNpy(npyFile('|u1', shape, Uint8Array.from(values)), 'a').shape).toEqual(shape);
      }),
      { seed: 2, numRuns: 40 },
    );
  });

  it.each([
    ['an empty file', new Uint8Array(), 'a.npy found an empty file'],
    ['text', ascii('1,2,3,4,5,6,7'), 'found no NumPy magic'],
    ['a cut header', npyFile('|u1', [2], Uint8Array.of(1, 2)).subarray(0, 30), 'found an unreadable NumPy header'],
    ['a cut body', npyFile('<f4', [2], floats(1)), 'found 4 bytes after the header, expected 2 values of 4 bytes = 8 bytes'],
    ['doubles', npyFile('<f8', [1], new Uint8Array(8)), 'found values of type <f8, expected |u1 (bytes) or <f4'],
    ['big-endian floats', npyFile('>f4', [1], new Uint8Array(4)), 'found values of type >f4'],
    ['Fortran order', npyFile('|u1', [1, 2], Uint8Array.of(1, 2), 'True'), 'found Fortran order, expected C order'],
  ])('refuses %s', (_what, bytes, message) => {
    expect(() => readNpy(bytes, 'a.npy')).toThrow(message);
  });
});

describe('readNpyPair', () => {
  const labels = npyFile('|u1', [2], Uint8Array.of(1, 0));

  it('rounds floats to 8 bits and gives grey maps a channel', () => {
    const set = readNpyPair('n', npyFile('<f4', [2, 1, 2], floats(0, 1, 0.5, 0.25)), 'i', labels, 'l');
    expect(set.shape).toEqual([1, 2, 1]);
    expect(Array.from(set.images)).toEqual([0, 255, 128, 64]);
  });

  it('takes colour maps and feature vectors as they are', () => {
    expect(readNpyPair('n', npyFile('|u1', [2, 1, 1, 3], new Uint8Array(6)), 'i', labels, 'l').shape).toEqual([1, 1, 3]);
    expect(readNpyPair('n', npyFile('|u1', [2, 5], new Uint8Array(10)), 'i', labels, 'l').shape).toEqual([5]);
  });

  it.each([
    [
      'NaN',
      npyFile('<f4', [2, 2], floats(0, 1, Number.NaN, 0)),
      labels,
      'i found NaN at element 2, expected finite floats from 0 to 1',
    ],
    ['floats beyond 1', npyFile('<f4', [2, 1], floats(0, 255)), labels, 'i found 255 at element 1'],
    ['a flat array', npyFile('|u1', [4], new Uint8Array(4)), labels, 'i found shape 4'],
    ['labels too many', npyFile('|u1', [1, 2], new Uint8Array(2)), labels, 'l found shape 2, expected 1 labels'],
    [
      'half a label',
      npyFile('|u1', [1, 2], new Uint8Array(2)),
      npyFile('<f4', [1], floats(0.5)),
      'l found label 0.5 at element 0',
    ],
  ])('refuses %s', (_what, images, given, message) => {
    expect(() => readNpyPair('n', images, 'i', given, 'l')).toThrow(message);
  });
});

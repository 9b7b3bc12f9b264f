import { describe, expect, it } from 'vitest';
import { makeDataSet, makeSplit, takeFirst } from '../../../src/network/data/data-set.ts';

const parts = { name: 'd', shape: [1, 2, 1], images: Uint8Array.of(1, 2, 3, 4), labels: Uint8Array.of(0, 2) };

describe('makeDataSet', () => {
  it('adds count, unit and the digest of images and labels', () => {
    expect(makeDataSet(parts, 3)).toEqual({
      ...parts,
      classes: 3,
      unit: 1 / 255,
      count: 2,
      // printf '\x01\x02\x03\x04\x00\x02' | sha256sum
      digest: '2d26b19bab815968f9db5c7301666f708166ceea0c70a79fc26cd5e5c5d3aaa0',
    });
  });

  it('refuses images that do not belong to the labels', () => {
    expect(() => makeDataSet({ ...parts, labels: Uint8Array.of(1) }, 3)).toThrow(
      'images hold 4 bytes; want 1 labels x 2 pixels = 2',
    );
  });
});

describe('makeSplit', () => {
  it('settles the classes over both halves', () => {
    const { train, test } = makeSplit(parts, { ...parts, labels: Uint8Array.of(1, 5) });
    expect([train.classes, test.classes]).toEqual([6, 6]);
  });

  it('refuses halves of different shape', () => {
    const other = { ...parts, name: 'e', shape: [2, 1, 1] };
    expect(() => makeSplit(parts, other)).toThrow('e found images of 2x1x1, expected images of 1x2x1 as in d');
  });
});

describe('takeFirst', () => {
  const data = makeDataSet(parts, 3);

  it('keeps the classes and has a digest of its own', () => {
    const first = takeFirst(data, 1);
    expect(first).toMatchObject({ count: 1, classes: 3, images: Uint8Array.of(1, 2), labels: Uint8Array.of(0) });
    expect(first.digest).not.toBe(data.digest);
  });

  it('is the data set itself when it is not larger', () => {
    expect(takeFirst(data, 2)).toBe(data);
  });
});

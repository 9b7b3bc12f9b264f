import { describe, expect, test } from 'vitest';
import { readReference, writeReference } from '../../src/explore/reference-file.ts';
import type { SweepFiles } from '../../src/explore/result-store.ts';
import { createSharedWork } from '../../src/explore/share-work.ts';
import { generateDigits } from '../../src/network/data/digits.ts';
import type { Network } from '../../src/network/layer-graph.ts';
import type { TrainingKey } from '../../src/simulate/shared-work.ts';

const reference = {
  accuracy: 0.1,
  test: 'a',
  parameters: [
    { weights: Float32Array.of(0.1, -3e-9, 7), bias: new Float32Array(0) },
    { weights: new Float32Array(0), bias: Float32Array.of(1) },
  ],
};

describe('a reference file', () => {
  test('gives back every bit, from a buffer at any offset', () => {
    const bytes = writeReference(reference);
    for (let offset = 0; offset < 5; offset++) {
      const inside = Buffer.concat([Buffer.alloc(offset), bytes]).subarray(offset);
      expect(readReference(inside)).toEqual(reference);
    }
  });

  test('that is damaged anywhere is no reference', () => {
    const bytes = writeReference(reference);
    expect(readReference(bytes.subarray(0, bytes.length - 1))).toBeUndefined();
    expect(readReference(bytes.subarray(0, 10))).toBeUndefined();
    const altered = Uint8Array.from(bytes);
    altered[bytes.length - 2]! ^= 1;
    expect(readReference(altered)).toBeUndefined();
  });
});

test('a reference is trained once, found by others, and scored anew on another test set', () => {
  const kept = new Map<string, Uint8Array>();
  const files: SweepFiles = {
    list: () => [],
    exists: (path) => kept.has(path),
    read: (path) => kept.get(path)!,
    write: (path, bytes) => void kept.set(path, bytes as Uint8Array),
  };
  const network: Network = {
    name: 'n',
    inputShape: [28, 28, 1],
    layers: [
      { kind: 'flatten', name: 'f' },
      { kind: 'linear', name: 'l', inputs: 784, outputs: 10, bias: false, activation: 'none' },
    ],
    shapes: [[28, 28, 1], [784], [10]],
    loss: 'cross-entropy',
  };
  const key: TrainingKey = { network, train: 'x', training: {}, seed: 1 };
  const own = {
    accuracy: 0.5,
    parameters: [
      { weights: new Float32Array(0), bias: new Float32Array(0) },
      { weights: new Float32Array(7840).fill(0.01), bias: new Float32Array(0) },
    ],
  };
  const { train, test: other } = generateDigits(1, 20, 30);
  let trained = 0;
  const make = () => {
    trained += 1;
    return own;
  };
  const first = createSharedWork(files, 'shared');
  expect(first.reference(key, train, make).accuracy).toBe(0.5);
  const elsewhere = createSharedWork(files, 'shared');
  expect(elsewhere.reference(key, train, make).accuracy).toBe(0.5);
  const scored = elsewhere.reference(key, other, make);
  // Equal scores for every class: the first class wins always.
  expect(scored.accuracy).toBeCloseTo(Array.from(other.labels).filter((label) => label === 0).length / 30);
  expect(trained).toBe(1);
  elsewhere.reference({ ...key, seed: 2 }, train, make);
  expect(trained).toBe(2);
});

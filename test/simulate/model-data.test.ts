import { describe, expect, test } from 'vitest';
import { generateDigits } from '../../src/network/data/digits.ts';
import { evaluateGraph } from '../../src/network/graph/evaluate-graph.ts';
import type { Graph } from '../../src/network/graph/graph.ts';
import { createKernels } from '../../src/numeric/create-kernels.ts';
import { modelData, withScaling } from '../../src/simulate/model-data.ts';
import { memoryFiles } from '../support/memory-files.ts';

const graphOn = (inputShape: readonly number[]): Graph => ({
  ...{ name: 'g', input: 'x', inputShape, output: 'y', loss: 'cross-entropy' },
  nodes: [{ name: 'y', inputs: ['x'], shape: inputShape, operation: { kind: 'unary', function: 'relu' } }],
});

/** Two training and two test images of 2 x 1 pixels with 3 channels, as CIFAR-like CSV cannot hold them: NumPy arrays. */
function npy(shape: readonly number[], bytes: readonly number[]): Uint8Array {
  const header = `{'descr': '|u1', 'fortran_order': False, 'shape': (${shape.join(', ')},), }`.padEnd(117) + '\n';
  const head = Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, header.length, 0);
  return Uint8Array.of(...head, ...new TextEncoder().encode(header), ...bytes);
}
const colours = memoryFiles({
  'd/train_images.npy': npy([1, 2, 1, 3], [1, 2, 3, 4, 5, 6]),
  'd/train_labels.npy': npy([1], [0]),
  'd/test_images.npy': npy([1, 2, 1, 3], [1, 2, 3, 4, 5, 6]),
  'd/test_labels.npy': npy([1], [1]),
});

describe('modelData', () => {
  test('draws the first of the embedded digits for a model that takes them, in any shape', () => {
    const found = modelData(graphOn([784]), undefined, memoryFiles({}), 5);
    expect(found.noise).toBe(false);
    expect(found.test.shape).toEqual([784]);
    expect(found.test.images).toEqual(generateDigits(1, 1, 5).test.images);
  });

  test('makes noise where nothing fits', () => {
    const found = modelData(graphOn([6, 6, 3]), undefined, memoryFiles({}), 3);
    expect([found.noise, found.test.count, found.test.images.length]).toEqual([true, 3, 3 * 108]);
  });

  test('flattens maps channels first, as frameworks do, and leaves maps alone', () => {
    expect([...modelData(graphOn([2, 1, 3]), 'd', colours, 1).test.images]).toEqual([1, 2, 3, 4, 5, 6]);
    expect([...modelData(graphOn([6]), 'd', colours, 1).test.images]).toEqual([1, 4, 2, 5, 3, 6]);
  });

  test('refuses images of another size', () => {
    expect(() => modelData(graphOn([3, 2, 3]), 'd', colours, 1)).toThrow(/images of 2 x 1 x 3, expected 3 x 2 x 3/);
  });
});

test('withScaling computes (x - mean) / deviation before the model', () => {
  const graph = withScaling(graphOn([1, 2, 2]), { mean: [1, 2], deviation: [2, 4] });
  const found = evaluateGraph(createKernels(), graph, Float32Array.of(3, 4, 5, 10)).get(graph.output)!;
  expect([...found]).toEqual([1, 0.5, 2, 2]);
});

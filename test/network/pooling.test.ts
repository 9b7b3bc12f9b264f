import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type PoolGeometry, pool, poolBackward } from '../../src/network/pooling.ts';
import { inferShapes, sizeOf } from '../../src/network/shapes.ts';

const geometry = (name: 'max' | 'average', kernel: [number, number], stride: [number, number], input: number[]): PoolGeometry => {
  const layer = { kind: 'pool', name: 'p', function: name, kernel, stride } as const;
  return { layer, input, output: inferShapes(input, [layer])[1]! };
};

it('takes the first of equal maxima', () => {
  const shape = geometry('max', [2, 2], [2, 2], [2, 4, 1]);
  const [output, picks] = [new Float32Array(2), new Int32Array(2)];
  pool(output, picks, Float32Array.of(-3, -1, 5, 5, -1, -2, 5, 5), shape);
  expect(Array.from(output)).toEqual([-1, 5]);
  expect(Array.from(picks)).toEqual([1, 2]);
  const gradient = new Float32Array(8);
  poolBackward(gradient, picks, Float32Array.of(10, 20), shape);
  expect(Array.from(gradient)).toEqual([0, 10, 20, 0, 0, 0, 0, 0]);
});

it('averages windows that overlap, and returns the gradient by the same shares', () => {
  const shape = geometry('average', [1, 2], [1, 1], [1, 3, 2]);
  const output = new Float32Array(4);
  pool(output, new Int32Array(4), Float32Array.of(1, 10, 3, 20, 5, 30), shape);
  expect(Array.from(output)).toEqual([2, 15, 4, 25]);
  const gradient = new Float32Array(6);
  poolBackward(gradient, new Int32Array(4), Float32Array.of(2, 4, 6, 8), shape);
  expect(Array.from(gradient)).toEqual([1, 2, 4, 6, 3, 4]);
});

it('loses no gradient where every input lies under a window', () => {
  const side = fc.integer({ min: 2, max: 7 });
  const value = fc.integer({ min: -50, max: 50 });
  const any = fc.tuple(
    side,
    side,
    fc.constantFrom('max' as const, 'average' as const),
    fc.array(value, { minLength: 147, maxLength: 147 }),
  );
  fc.assert(
    fc.property(any, ([height, width, name, values]) => {
      const shape = geometry(name, [2, 2], [1, 1], [height, width, 3]);
      const size = sizeOf(shape.output);
      const map = Float32Array.from(values.slice(0, height * width * 3));
      const [output, picks, back] = [new Float32Array(size), new Int32Array(size), new Float32Array(map.length)];
      pool(output, picks, map, shape);
      poolBackward(back, picks, output, shape);
      const sum = (array: Float32Array): number => array.reduce((total, item) => total + item, 0);
      expect(sum(back)).toBeCloseTo(sum(output), 3);
    }),
    { seed: 7, numRuns: 40 },
  );
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Axis } from '../../../src/explore/axis.ts';
import { gridSize, samplePoints } from '../../../src/explore/sampling/sample-points.ts';
import { sobolDimensions, sobolPoints } from '../../../src/explore/sampling/sobol.ts';
import { latinHypercube, randomPoints } from '../../../src/explore/sampling/unit-points.ts';

const seed = fc.integer({ min: 0, max: 0xffffffff });
const noBase = () => undefined;
const list = (path: string, values: readonly number[]): Axis => ({ path, also: [], domain: { kind: 'list', values }, when: {} });

describe('Sobol', () => {
  test('without its shift it begins 0, 1/2, 3/4, 1/4 in the first dimensions', () => {
    const [zero, ...rest] = sobolPoints(4, 2, 1);
    const unshifted = rest.map((point) => point.map((u, axis) => ((u * 2 ** 32) ^ (zero![axis]! * 2 ** 32)) >>> 0));
    expect(unshifted.map((point) => point.map((word) => word / 2 ** 32))).toEqual([
      [0.5, 0.5],
      [0.75, 0.25],
      [0.25, 0.75],
    ]);
  });

  test('every 2^k points put one into each of 2^k parts of every axis', () => {
    fc.assert(
      fc.property(seed, fc.integer({ min: 1, max: 7 }), (own, bits) => {
        const count = 2 ** bits;
        const points = sobolPoints(count, sobolDimensions, own);
        for (let axis = 0; axis < sobolDimensions; axis++) {
          expect(new Set(points.map((point) => Math.floor(point[axis]! * count))).size).toBe(count);
        }
      }),
      { numRuns: 20 },
    );
  });

  test('a longer sequence begins with the shorter one', () => {
    expect(sobolPoints(40, 3, 7).slice(0, 12)).toEqual(sobolPoints(12, 3, 7));
  });
});

describe('Latin hypercube', () => {
  test('covers every part of every axis once', () => {
    fc.assert(
      fc.property(seed, fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 6 }), (own, count, dimensions) => {
        const points = latinHypercube(count, dimensions, own);
        for (let axis = 0; axis < dimensions; axis++) {
          expect(new Set(points.map((point) => Math.floor(point[axis]! * count))).size).toBe(count);
        }
      }),
    );
  });
});

describe('points', () => {
  test('random ones depend on the seed alone and stay in the cube', () => {
    const points = randomPoints(500, 3, 5);
    expect(points).toEqual(randomPoints(500, 3, 5));
    expect(points).not.toEqual(randomPoints(500, 3, 6));
    expect(points.flat().every((u) => u >= 0 && u < 1)).toBe(true);
  });

  test('a grid is every combination', () => {
    const axes = [list('a', [1, 2, 3]), list('b', [4, 5])];
    const points = samplePoints(axes, { method: 'grid' }, noBase)!;
    expect(gridSize(axes)).toBe(6);
    expect(points.map((point) => `${point.a}${point.b}`)).toEqual(['14', '15', '24', '25', '34', '35']);
  });

  test('a condition leaves the axis out, and points that are then equal are one', () => {
    const axes = [list('a', [1, 2]), { ...list('b', [4, 5]), when: { a: [2], c: ['x'] } }];
    const points = samplePoints(axes, { method: 'grid' }, (path) => (path === 'c' ? 'x' : undefined));
    expect(points).toEqual([{ a: 1 }, { a: 2, b: 4 }, { a: 2, b: 5 }]);
  });
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hypervolume } from '../../../src/explore/front/hypervolume.ts';

const side = 6;
const points = (objectives: number) =>
  fc.array(fc.array(fc.integer({ min: 0, max: side }), { minLength: objectives, maxLength: objectives }), { maxLength: 12 });

/** Unit cells of the box that some point dominates. */
function countCells(all: readonly (readonly number[])[], objectives: number): number {
  let cells = 0;
  for (let cell = 0; cell < side ** objectives; cell++) {
    const corner = Array.from({ length: objectives }, (_, axis) => Math.floor(cell / side ** axis) % side);
    if (all.some((point) => point.every((value, axis) => value <= corner[axis]!))) cells += 1;
  }
  return cells;
}

test.each([1, 2, 3, 4])('%i objectives: the volume is the cells that are dominated', (objectives) => {
  fc.assert(
    fc.property(points(objectives), (all) => {
      expect(hypervolume(all, new Array<number>(objectives).fill(side))).toBe(countCells(all, objectives));
    }),
    { numRuns: 50 },
  );
});

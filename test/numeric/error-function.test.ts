import { expect, test } from 'vitest';
import { errorFunction } from '../../src/numeric/error-function.ts';

/** Abramowitz and Stegun, table 7.1. */
test.each([
  [0, 0],
  [0.5, 0.5204998778],
  [1, 0.8427007929],
  [1.95, 0.9941793336],
  [2, 0.995322265],
  [2.5, 0.999593048],
  [8, 1],
])('erf(%f)', (x, wanted) => {
  expect(errorFunction(x)).toBeCloseTo(wanted, 9);
  expect(errorFunction(-x)).toBeCloseTo(-wanted, 9);
});

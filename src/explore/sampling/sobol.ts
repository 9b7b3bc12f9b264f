import { createStream } from '../../numeric/philox.ts';
import { purposes } from '../../numeric/purposes.ts';

/**
 * Primitive polynomials (degree, inner coefficients) and initial direction numbers of dimensions 2 … 21, from the table
 * new-joe-kuo-6 (Joe & Kuo, "Constructing Sobol sequences with better two-dimensional projections", SIAM J. Sci. Comput. 30, 2008).
 */
const directions: readonly (readonly [number, number, readonly number[]])[] = [
  [1, 0, [1]],
  [2, 1, [1, 3]],
  [3, 1, [1, 3, 1]],
  [3, 2, [1, 1, 1]],
  [4, 1, [1, 1, 3, 3]],
  [4, 4, [1, 3, 5, 13]],
  [5, 2, [1, 1, 5, 5, 17]],
  [5, 4, [1, 1, 5, 5, 5]],
  [5, 7, [1, 1, 7, 11, 19]],
  [5, 11, [1, 1, 5, 1, 1]],
  [5, 13, [1, 1, 1, 3, 11]],
  [5, 14, [1, 3, 5, 5, 31]],
  [6, 1, [1, 3, 3, 9, 7, 49]],
  [6, 13, [1, 1, 1, 15, 21, 21]],
  [6, 16, [1, 3, 1, 13, 27, 49]],
  [6, 19, [1, 1, 1, 15, 7, 5]],
  [6, 22, [1, 3, 1, 15, 13, 25]],
  [6, 25, [1, 1, 5, 5, 19, 61]],
  [7, 1, [1, 3, 7, 11, 23, 15, 103]],
  [7, 4, [1, 3, 7, 13, 13, 15, 69]],
];

export const sobolDimensions = directions.length + 1;
const bits = 32;

/** Direction numbers of one dimension as the bits of a 32-bit fraction. */
function directionNumbers(dimension: number): Uint32Array {
  const numbers = new Uint32Array(bits);
  const entry = directions[dimension - 1];
  if (entry === undefined) return numbers.map((_, bit) => 2 ** (bits - 1 - bit));
  const [degree, inner, initial] = entry;
  for (let bit = 0; bit < bits; bit++) {
    if (bit < degree) {
      numbers[bit] = initial[bit]! << (bits - 1 - bit);
      continue;
    }
    let value = numbers[bit - degree]! ^ (numbers[bit - degree]! >>> degree);
    for (let term = 1; term < degree; term++) {
      if ((inner >> (degree - 1 - term)) & 1) value ^= numbers[bit - term]!;
    }
    numbers[bit] = value;
  }
  return numbers;
}

/**
 * The first `count` points of a Sobol sequence in `dimensions` (1 … 21), each 0 <= u < 1, in Gray-code order. A digital shift drawn
 * from the seed moves them all; every aligned block of 2^k points keeps one point in each elementary interval.
 */
export function sobolPoints(count: number, dimensions: number, seed: number): readonly (readonly number[])[] {
  if (dimensions < 1 || dimensions > sobolDimensions)
    throw new RangeError(`dimensions is ${dimensions}; want 1 … ${sobolDimensions}`);
  const stream = createStream(seed, purposes.sampling, 1);
  const tables = Array.from({ length: dimensions }, (_, dimension) => directionNumbers(dimension));
  const state = Uint32Array.from({ length: dimensions }, () => stream.word());
  return Array.from({ length: count }, (_, index) => {
    if (index > 0) {
      const bit = Math.clz32(index & -index) ^ 31;
      for (let dimension = 0; dimension < dimensions; dimension++) {
        state[dimension] = state[dimension]! ^ tables[dimension]![bit]!;
      }
    }
    return Array.from(state, (word) => word / 2 ** bits);
  });
}

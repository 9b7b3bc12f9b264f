import { createStream } from '../../numeric/philox.ts';
import { purposes } from '../../numeric/purposes.ts';

/** Independent uniform points of the unit cube. */
export function randomPoints(count: number, dimensions: number, seed: number): readonly (readonly number[])[] {
  const stream = createStream(seed, purposes.sampling, 2);
  return Array.from({ length: count }, () => Array.from({ length: dimensions }, () => stream.uniform()));
}

/** Latin hypercube: along every axis, each of `count` equal parts holds exactly one point (McKay, Beckman, Conover 1979). */
export function latinHypercube(count: number, dimensions: number, seed: number): readonly (readonly number[])[] {
  const stream = createStream(seed, purposes.sampling, 3);
  const columns = Array.from({ length: dimensions }, () =>
    stream.shuffle(Array.from({ length: count }, (_, part) => part)).map((part) => (part + stream.uniform()) / count),
  );
  return Array.from({ length: count }, (_, index) => columns.map((column) => column[index]!));
}

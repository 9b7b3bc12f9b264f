import { expect, test } from 'vitest';
import { emittedFormat, pulseCountFormat, transferMatrices } from '../../src/sequence/training-extents.ts';

test('formats of counts follow the words', () => {
  expect([0, 1, 2].map(emittedFormat)).toEqual(['i8', 'i16', 'i32']);
  expect([0, 1, 2].map(pulseCountFormat)).toEqual(['i8', 'i16', 'i32']);
  expect([0, 1, 2, 3].map(transferMatrices)).toEqual([0, 1, 1, 3]);
});

import { expect, test } from 'vitest';
import { purposes } from '../../src/numeric/purposes.ts';

test('every purpose has an unsigned 32-bit number of its own', () => {
  const numbers = Object.values(purposes);
  expect(new Set(numbers).size).toBe(numbers.length);
  for (const number of numbers) expect(number >>> 0).toBe(number);
});

test('numbers that results rest on stay as they were', () => {
  const { construction, programming, read, converter, data, training } = purposes;
  expect([construction, programming, read, converter, data, training]).toEqual([1, 2, 5, 8, 13, 15]);
});

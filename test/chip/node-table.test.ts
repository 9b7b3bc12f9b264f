import fc from 'fast-check';
import { expect, test } from 'vitest';
import { interpolate, type NodeTable } from '../../src/chip/node-table.ts';

const table: NodeTable = [
  [10, 1],
  [20, 3],
  [40, 12],
];

test('gives listed values exactly and lies between neighbours elsewhere', () => {
  for (const [node, value] of table) {
    expect(interpolate(table, node, 'linear')).toBe(value);
    expect(interpolate(table, node, 'log')).toBe(value);
  }
  expect(interpolate(table, 15, 'linear')).toBeCloseTo(2, 12);
  expect(interpolate(table, Math.sqrt(800), 'log')).toBeCloseTo(6, 12);
});

test('is monotone where the table is', () => {
  const node = fc.double({ min: 10, max: 40, noNaN: true });
  fc.assert(
    fc.property(node, node, fc.constantFrom('linear' as const, 'log' as const), (left, right, scale) => {
      const [low, high] = left < right ? [left, right] : [right, left];
      expect(interpolate(table, low, scale)).toBeLessThanOrEqual(interpolate(table, high, scale) * (1 + 1e-12));
    }),
    { seed: 1 },
  );
});

test('refuses to extrapolate', () => {
  expect(() => interpolate(table, 9.9, 'log')).toThrow(new RangeError('node is 9.9 nm; want 10 to 40 nm'));
  expect(() => interpolate(table, 41, 'linear')).toThrow(RangeError);
});

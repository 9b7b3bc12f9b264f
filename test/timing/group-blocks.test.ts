import fc from 'fast-check';
import { expect, test } from 'vitest';
import { groupBlocks } from '../../src/timing/group-blocks.ts';
import { chip130, group, groupCsrs } from './operations.ts';

test('blocks fill their tiles in order and hold every row and column once', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1500 }), fc.integer({ min: 1, max: 500 }), (rows, columns) => {
      const { rowLengths, columnLengths, tiles } = groupBlocks(group(0, rows, columns), chip130);
      expect(rowLengths.reduce((sum, length) => sum + length, 0)).toBe(rows);
      expect(columnLengths.reduce((sum, length) => sum + length, 0)).toBe(columns);
      expect(rowLengths.slice(0, -1).every((length) => length === 256)).toBe(true);
      expect(columnLengths.slice(0, -1).every((length) => length === 128)).toBe(true);
      expect(tiles.length).toBe(rowLengths.length * columnLengths.length);
    }),
    { seed: 21 },
  );
});

test('mapping, slices and offsets take their share of a tile', () => {
  const columns = (change: object, place: object = {}) =>
    groupBlocks(group(0, 8, 8, { csrs: { ...groupCsrs, ...change }, ...place }), chip130).columnsPerTile;
  expect(columns({})).toBe(128);
  expect(columns({ mapping: 'reference-column' })).toBe(255);
  expect(columns({ mapping: 'digital-offset', slices: 4 })).toBe(64);
  expect(columns({ slices: 2 }, { columnOffset: 56 })).toBe(50);
});

test('a group outside the grid, or a tile without room, is refused', () => {
  expect(() => groupBlocks(group(4, 300, 8, { firstTile: 63 }), chip130)).toThrow('group 4 ends at tile 64; want at most 63');
  expect(() => groupBlocks(group(5, 8, 8, { rowOffset: 256 }), chip130)).toThrow(
    'group 5 finds 0 rows and 128 columns in a tile',
  );
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { layoutGroup } from '../../src/machine/group-layout.ts';
import { testChip, testGroup } from './support.ts';

test('blocks cover every row and column once and fit their tiles', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 300 }),
      fc.integer({ min: 1, max: 90 }),
      fc.integer({ min: 4, max: 64 }),
      (rows, columns, size) => {
        const { tile } = testChip({ rows: size, columns: size });
        const shape = testGroup(rows, columns, {
          rowBlocks: Math.ceil(rows / size),
          columnBlocks: Math.ceil(columns / Math.floor(size / 2)),
        });
        const { rowSpans, columnSpans } = layoutGroup(shape, tile);
        for (const [spans, total, most] of [
          [rowSpans, rows, size],
          [columnSpans, columns, size / 2],
        ] as const) {
          expect(spans.reduce((sum, { length }) => sum + length, 0)).toBe(total);
          for (const [i, { start, length }] of spans.entries()) {
            expect(length).toBeLessThanOrEqual(most);
            expect(start).toBe(i === 0 ? 0 : spans[i - 1]!.start + spans[i - 1]!.length);
          }
        }
      },
    ),
    { seed: 20_250_106, numRuns: 100 },
  );
});

test('lines count offsets, slices and devices', () => {
  const shape = testGroup(4, 4, { firstTile: 5, rowOffset: 3, columnOffset: 2, columnBlocks: 2 }, { slices: 2, sliceBits: 2 });
  const layout = layoutGroup(shape, testChip({ rows: 8, columns: 16 }).tile);
  expect(layout.bitLine(1, 1)).toBe(2 + (1 * 2 + 1) * 2);
  expect(layout.wordLine(1)).toBe(4);
  expect(layout.tile(1, 1)).toBe(8);
});

test('a matrix that does not fit is refused with both sizes', () => {
  const { tile } = testChip({ rows: 8, columns: 8 });
  expect(() => layoutGroup(testGroup(9, 2), tile)).toThrow('group 0 has 9 rows; 1 row blocks hold 8');
  expect(() => layoutGroup(testGroup(8, 4, {}, { mapping: 'reference-column' }), tile)).not.toThrow();
  expect(() => layoutGroup(testGroup(8, 8, {}, { mapping: 'reference-column' }), tile)).toThrow('1 column blocks hold 7');
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { slice } from '../../src/compiler/slice.ts';
import { layoutGroup } from '../../src/machine/group-layout.ts';
import { groupDefaults } from '../../src/sequence/group-defaults.ts';
import { chipWith, placedOf, stageOf } from './support.ts';

const schemes = ['differential-pair', 'balanced-pair', 'reference-column', 'digital-offset'] as const;
const chips = schemes.map((scheme) =>
  chipWith('ideal', [
    'tile.rows=8',
    'tile.columns=12',
    'tile.adc.mux=2',
    'grid.rows=16',
    'grid.columns=16',
    `mapping.scheme=${scheme}`,
  ]),
);

describe('slice', () => {
  it('cuts into row blocks of tile rows and column blocks of logical columns', () => {
    const [pair, , reference] = chips;
    expect(slice([stageOf(17, 13)], pair!)[0]).toMatchObject({
      rowBlocks: 3,
      columnBlocks: 3,
      tiles: 9,
      utilisation: (17 * 13) / (9 * 8 * 6),
    });
    expect(slice([stageOf(16, 11)], reference!)[0]).toMatchObject({ rowBlocks: 2, columnBlocks: 1, tiles: 2, utilisation: 1 });
  });

  it('leaves pooling out', () => {
    const window = {
      ...{ height: 2, width: 2, channels: 1, kernelHeight: 2, kernelWidth: 2, strideY: 2, strideX: 2 },
      padTop: 0,
      padLeft: 0,
      padBottom: 0,
      padRight: 0,
      dilation: 1,
    };
    const pool = { kind: 'pool', name: 'p', function: 'max', window, vectors: 1, inputElements: 4, outputElements: 1 } as const;
    expect(slice([pool, stageOf(1, 1)], chips[0]!).length).toBe(1);
  });

  it('law: cutting a matrix into the blocks of its tiles and putting them together again is the identity', () => {
    const size = fc.integer({ min: 1, max: 40 });
    fc.assert(
      fc.property(fc.constantFrom(...chips), size, size, (chip, rows, columns) => {
        const weights = Float32Array.from({ length: rows * columns }, (_, index) => index + 1);
        const placed = placedOf(stageOf(rows, columns, { weights }), chip);
        const { group: id, firstTile, rowBlocks, columnBlocks } = placed;
        const position = { id, firstTile, rowBlocks, columnBlocks, replicas: 1, rows, columns, rowOffset: 0, columnOffset: 0 };
        const layout = layoutGroup({ ...position, csrs: groupDefaults(chip) }, chip.tile);
        expect([layout.rowSpans.length, layout.columnSpans.length]).toEqual([rowBlocks, columnBlocks]);
        const tiles = new Map<string, number>();
        const back = new Float32Array(rows * columns);
        layout.rowSpans.forEach((rowSpan, r) => {
          layout.columnSpans.forEach((columnSpan, c) => {
            for (let row = 0; row < rowSpan.length; row++)
              for (let column = 0; column < columnSpan.length; column++) {
                const place = `${layout.tile(r, c)}:${layout.wordLine(row)}:${layout.bitLine(column, 0)}`;
                expect(layout.wordLine(row)).toBeLessThan(chip.tile.rows);
                expect(layout.bitLine(column, 0)).toBeLessThan(chip.tile.columns);
                const index = (rowSpan.start + row) * columns + columnSpan.start + column;
                tiles.set(place, weights[index]!);
                back[index] = tiles.get(place)!;
              }
          });
        });
        expect(tiles.size).toBe(rows * columns);
        expect(back).toEqual(weights);
      }),
      { seed: 10, numRuns: 30 },
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { place } from '../../src/compiler/place.ts';
import { slice } from '../../src/compiler/slice.ts';
import { InputError } from '../../src/config/issue.ts';
import { chipWith, smallTiles, stageOf } from './support.ts';

const chip = chipWith('ideal', smallTiles);
const placed = (sizes: readonly (readonly [number, number])[]) =>
  place(
    slice(
      sizes.map(([rows, columns], index) => stageOf(rows, columns, { name: `layer${index}` })),
      chip,
    ),
    chip,
  );

describe('place', () => {
  it('law: groups follow one another without overlap inside the grid', () => {
    const size = fc.tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 10 }));
    fc.assert(
      fc.property(fc.array(size, { minLength: 1, maxLength: 7 }), (sizes) => {
        const taken = placed(sizes).flatMap(({ firstTile, tiles }) =>
          Array.from({ length: tiles }, (_, index) => firstTile + index),
        );
        expect(taken).toEqual(taken.map((_, index) => index));
        expect(taken.length).toBeLessThanOrEqual(64);
      }),
      { seed: 11 },
    );
  });

  it('numbers groups in order', () => {
    expect(
      placed([
        [8, 4],
        [9, 4],
        [8, 5],
      ]).map(({ group, firstTile }) => [group, firstTile]),
    ).toEqual([
      [0, 0],
      [1, 1],
      [2, 3],
    ]);
  });

  it('refuses a chip too small with one sentence that names the layers and what would fit', () => {
    try {
      placed([
        [80, 24],
        [80, 4],
      ]);
      expect.unreachable();
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      expect(error.message).toBe(
        'chip ideal found 64 tiles of 8 x 8 cells, expected at least 70 tiles for layer0 (60), layer1 (10); ' +
          '--set grid.rows=9 --set grid.columns=9 would fit',
      );
    }
    const larger = chipWith('ideal', [...smallTiles, 'grid.rows=9', 'grid.columns=9']);
    expect(place(slice([stageOf(80, 24), stageOf(80, 4)], larger), larger).length).toBe(2);
  });

  it('refuses more matrices than there are groups', () => {
    const wide = chipWith('ideal', ['grid.rows=17', 'grid.columns=17']);
    const many = Array.from({ length: 257 }, () => stageOf(1, 1));
    expect(() => place(slice(many, wide), wide)).toThrow('network found 257 matrices, expected at most 256 tile groups');
  });
});

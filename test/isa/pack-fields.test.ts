import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { packGroup, packLevels, packWindow, unpackGroup, unpackLevels, unpackWindow } from '../../src/isa/pack-fields.ts';

fc.configureGlobal({ seed: 1 });

const bits = (count: number): fc.Arbitrary<number> => fc.nat(2 ** count - 1);

describe('packed fields', () => {
  test('groups round trip', () => {
    const group = fc.record({
      firstTile: bits(24),
      rowBlocks: bits(12),
      columnBlocks: bits(12),
      replicas: bits(8),
      columns: bits(16),
    });
    fc.assert(
      fc.property(group, (fields) => {
        const { d, a, b } = packGroup(fields);
        expect(unpackGroup(d, a, b)).toEqual(fields);
      }),
    );
  });

  test('windows round trip', () => {
    const window = fc
      .record({
        height: bits(12),
        width: bits(12),
        channels: bits(14),
        kernelHeight: bits(5),
        kernelWidth: bits(5),
        strideY: bits(4),
        strideX: bits(4),
        before: bits(4),
        after: bits(4),
        dilation: bits(4),
      })
      .map(({ before, after, ...fields }) => ({ ...fields, padTop: before, padLeft: before, padBottom: after, padRight: after }));
    fc.assert(
      fc.property(window, (fields) => {
        const { d, a, b } = packWindow(fields);
        expect(unpackWindow(d, a, b)).toEqual(fields);
      }),
    );
  });

  test('levels round trip, 7 meaning unused', () => {
    const level = fc.constantFrom(0, 1, 2, 3, 4, 5, 7);
    fc.assert(
      fc.property(level, level, (a, b) => {
        expect(unpackLevels(packLevels([a, b]))).toEqual([a, b]);
      }),
    );
    expect(() => packLevels([6, 0])).toThrow(RangeError);
  });

  test('name the part that does not fit', () => {
    const group = { firstTile: 0, rowBlocks: 4096, columnBlocks: 1, replicas: 1, columns: 1 };
    expect(() => packGroup(group)).toThrow('group rowBlocks 4096; want a whole number from 0 to 4095');
    const window = unpackWindow(0, 0, 0);
    expect(() => packWindow({ ...window, padTop: 1 })).toThrow('want top equal to left');
  });
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cellKey } from '../../src/device/cell-keys.ts';

const part = fc.nat(1e9);

test('another chip, matrix or device has another key', () => {
  fc.assert(
    fc.property(part, part, fc.nat(255), (chipSeed, matrix, device) => {
      const key = cellKey({ chipSeed, matrix, device });
      for (const other of [
        { chipSeed: chipSeed + 1 },
        { matrix: matrix + 1 },
        { device: device + 1 },
        { chipSeed: chipSeed + 2 ** 32 },
      ]) {
        expect(cellKey({ chipSeed, matrix, device, ...other })).not.toEqual(key);
      }
    }),
    { seed: 20_250_103, numRuns: 100 },
  );
});

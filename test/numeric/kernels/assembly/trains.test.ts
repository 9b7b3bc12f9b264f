import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { philox } from '../../../../src/numeric/philox.ts';
import { kernels, place, run, scoped, seed } from '../../kernel-memory.ts';

/** Twin: slot s fires when the binary fraction of its random digits, highest first, is below the chance in 2^-24. */
function trainBits(chances: Float32Array, length: number, keys: readonly [number, number], part: number, c2: number, c3: number) {
  const perWord = Math.floor(32 / length);
  return Array.from(chances, (_, line) => {
    const threshold = Math.min(2 ** 24, Math.trunc(Math.fround(Math.fround(chances[line]! * 2 ** 24) + 0.5)));
    const draws = new Array<number>(length).fill(0);
    let digits = 0;
    for (let call = 0; digits < 24; call++) {
      for (const word of philox(keys[0], keys[1], line, (part << 8) | call, c2, c3)) {
        for (let k = 0; k < perWord && digits < 24; k++, digits++)
          for (let slot = 0; slot < length; slot++) draws[slot] = 2 * draws[slot]! + ((word >>> (k * length + slot)) & 1);
      }
    }
    return draws.reduce((bits, draw, slot) => bits | ((draw < threshold ? 1 : 0) << slot), 0);
  });
}

describe('trainBits', () => {
  test('equals its twin for any length and number of lines', () => {
    fc.assert(
      fc.property(seed, fc.integer({ min: 1, max: 32 }), fc.integer({ min: 1, max: 21 }), (from, length, lines) =>
        scoped(() => {
          const padded = Math.ceil(lines / 8) * 8;
          const chances = Float32Array.from({ length: padded }, (_, i) => (i < lines ? ((from + 7 * i) % 97) / 90 : 0));
          const at = place(chances);
          const bits = kernels.allocate(4 * padded);
          kernels.trainBits(bits, at, lines, length, from, 5, 3, 11, 13);
          const expected = Int32Array.from(trainBits(chances, length, [from, 5], 3, 11, 13));
          expect([...kernels.i32(bits, lines)]).toEqual([...expected].slice(0, lines));
        }),
      ),
      run,
    );
  });

  test('slots fire with their chance', () => {
    scoped(() => {
      const at = place(new Float32Array(4096).fill(0.3));
      const bits = kernels.allocate(4 * 4096);
      kernels.trainBits(bits, at, 4096, 31, 1, 2, 0, 0, 0);
      let fired = 0;
      for (const word of kernels.i32(bits, 4096)) for (let slot = 0; slot < 31; slot++) fired += (word >>> slot) & 1;
      expect(fired / (4096 * 31)).toBeCloseTo(0.3, 2);
    });
  });
});

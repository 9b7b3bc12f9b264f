import fc from 'fast-check';
import { expect, test } from 'vitest';
import { kernels, place, placeMatrix, run, scoped, seed, size } from '../../kernel-memory.ts';

test('scaleRows multiplies every row by its factor, in place too', () => {
  fc.assert(
    fc.property(seed, size, size, (from, m, n) =>
      scoped(() => {
        const input = placeMatrix(from, m, n);
        const factors = Float32Array.from({ length: m }, (_, i) => i - 1.5);
        const scale = place(factors);
        const out = kernels.allocate(4 * m * n);
        const expected = input.data.map((value, i) => value * factors[Math.floor(i / n)]!);
        kernels.scaleRows(out, input.pointer, scale, m, n);
        expect(kernels.f32(out, m * n)).toEqual(expected);
        kernels.scaleRows(input.pointer, input.pointer, scale, m, n);
        expect(kernels.f32(input.pointer, m * n)).toEqual(expected);
      }),
    ),
    run,
  );
});

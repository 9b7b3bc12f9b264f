import fc from 'fast-check';
import { expect, test } from 'vitest';
import { kernels, place, placeMatrix, run, scoped, seed, size } from '../../kernel-memory.ts';

test.each([
  ['scaleRows', 'row', (i: number, n: number) => Math.floor(i / n)],
  ['scaleColumns', 'column', (i: number, n: number) => i % n],
] as const)('%s multiplies every %s by its factor, in place too', (kernel, _, line) => {
  fc.assert(
    fc.property(seed, size, size, (from, m, n) =>
      scoped(() => {
        const input = placeMatrix(from, m, n);
        const factors = Float32Array.from({ length: Math.max(m, n) }, (_, i) => i - 1.5);
        const scale = place(factors);
        const out = kernels.allocate(4 * m * n);
        const expected = input.data.map((value, i) => value * factors[line(i, n)]!);
        kernels[kernel](out, input.pointer, scale, m, n);
        expect(kernels.f32(out, m * n)).toEqual(expected);
        kernels[kernel](input.pointer, input.pointer, scale, m, n);
        expect(kernels.f32(input.pointer, m * n)).toEqual(expected);
      }),
    ),
    run,
  );
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gap, kernels, place, placeMatrix, run, scoped, seed, size } from '../../kernel-memory.ts';
import * as twins from '../../twins.ts';

function multiply(m: number, k: number, n: number, seed: number, gap: number, accumulate: boolean) {
  const a = placeMatrix(seed, m, k, gap);
  const b = placeMatrix(seed + 1, k, n, gap);
  const c = placeMatrix(seed + 2, m, n, gap);
  const packed = kernels.allocate(kernels.packedBytes(k, n));
  kernels.pack(packed, b.pointer, k, n, b.stride);
  kernels.gemm(c.pointer, a.pointer, packed, m, k, n, c.stride, a.stride, accumulate);
  return { a, b, c, result: kernels.f32(c.pointer, c.data.length) };
}

test('gemm equals its twin bit for bit and leaves the gaps between rows alone', () => {
  fc.assert(
    fc.property(size, size, size, seed, gap, fc.boolean(), (m, k, n, seed, gap, accumulate) =>
      scoped(() => {
        const { a, b, c, result } = multiply(m, k, n, seed, gap, accumulate);
        twins.gemm(c, a, b, accumulate);
        expect(result).toEqual(c.data);
      }),
    ),
    run,
  );
});

test.each([
  [5, 385, 9],
  [129, 769, 17],
  [131, 1000, 40],
])('blocks along rows and along k do not change a bit (%i x %i x %i)', (m, k, n) => {
  scoped(() => {
    const { a, b, c, result } = multiply(m, k, n, 7, 1, true);
    twins.gemm(c, a, b, true);
    expect(result).toEqual(c.data);
  });
});

test('a row of a batch equals the same row alone', () => {
  scoped(() => {
    const [m, k, n] = [19, 400, 70];
    const { a, b, result } = multiply(m, k, n, 3, 0, false);
    const packed = kernels.allocate(kernels.packedBytes(k, n));
    kernels.pack(packed, b.pointer, k, n, n);
    const alone = kernels.allocate(4 * n);
    for (let i = 0; i < m; i++) {
      kernels.gemm(alone, a.pointer + 4 * i * k, packed, 1, k, n, n, k, false);
      expect(kernels.f32(alone, n)).toEqual(result.slice(i * n, (i + 1) * n));
    }
  });
});

test('packTransposed makes gemm multiply by the transpose', () => {
  fc.assert(
    fc.property(size, size, size, seed, gap, (m, k, n, seed, gap) =>
      scoped(() => {
        const a = placeMatrix(seed, m, k);
        const b = placeMatrix(seed + 1, n, k, gap);
        const c = placeMatrix(seed + 2, m, n);
        const packed = kernels.allocate(kernels.packedBytes(k, n));
        kernels.packTransposed(packed, b.pointer, k, n, b.stride);
        kernels.gemm(c.pointer, a.pointer, packed, m, k, n, n, k, false);
        twins.gemm(c, a, { data: twins.transpose(b), rows: k, columns: n, stride: n }, false);
        expect(kernels.f32(c.pointer, c.data.length)).toEqual(c.data);
      }),
    ),
    run,
  );
});

test('transpose equals its twin', () => {
  fc.assert(
    fc.property(size, size, seed, (m, n, seed) =>
      scoped(() => {
        const input = placeMatrix(seed, m, n);
        const out = place(new Float32Array(m * n + 4));
        kernels.transpose(out, input.pointer, m, n);
        expect(kernels.f32(out, m * n)).toEqual(twins.transpose(input));
        expect(kernels.f32(out + 4 * m * n, 4)).toEqual(new Float32Array(4));
      }),
    ),
    run,
  );
});

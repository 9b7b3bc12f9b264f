import fc from 'fast-check';
import { expect, test } from 'vitest';
import { kernels, place, placeMatrix, run, scoped, seed } from '../../kernel-memory.ts';
import { type Windows, windowIndices } from '../../twins.ts';

const small = (min: number, max: number) => fc.integer({ min, max });

const windows: fc.Arbitrary<Windows> = fc.record({
  height: small(1, 7),
  width: small(1, 7),
  channels: small(1, 9),
  kernelHeight: small(1, 4),
  kernelWidth: small(1, 4),
  strideY: small(1, 3),
  strideX: small(1, 3),
  padTop: small(0, 3),
  padLeft: small(0, 3),
  dilation: small(1, 3),
  outputHeight: small(0, 6),
  outputWidth: small(0, 6),
});

type Sizes = [number, number, number, number, number, number, number, number, number, number, number, number];

const sizes = (w: Windows): Sizes => [
  ...([w.height, w.width, w.channels, w.kernelHeight, w.kernelWidth] as const),
  ...([w.strideY, w.strideX, w.padTop, w.padLeft, w.dilation, w.outputHeight, w.outputWidth] as const),
];

test('im2col gathers every window, zero outside the map', () => {
  fc.assert(
    fc.property(windows, seed, (w, seed) =>
      scoped(() => {
        const map = placeMatrix(seed, w.height * w.width, w.channels);
        const indices = windowIndices(w);
        const columns = kernels.allocate(4 * indices.length);
        kernels.f32(columns, indices.length).fill(Number.NaN);
        kernels.im2col(columns, map.pointer, ...sizes(w));
        expect(kernels.f32(columns, indices.length)).toEqual(Float32Array.from(indices, (at) => map.data[at] ?? 0));
      }),
    ),
    run,
  );
});

test('col2im adds every window back where im2col took it', () => {
  fc.assert(
    fc.property(windows, seed, (w, seed) =>
      scoped(() => {
        const map = placeMatrix(seed, w.height * w.width, w.channels);
        const indices = windowIndices(w);
        const columns = placeMatrix(seed + 1, 1, indices.length);
        kernels.col2im(map.pointer, columns.pointer, ...sizes(w));
        indices.forEach((at, i) => {
          if (at >= 0) map.data[at]! += columns.data[i]!;
        });
        expect(kernels.f32(map.pointer, map.data.length)).toEqual(map.data);
      }),
    ),
    run,
  );
});

test('a 2 x 2 map in windows of 2 x 2 with a border', () => {
  scoped(() => {
    const columns = kernels.allocate(4 * 9 * 4);
    kernels.im2col(columns, place(new Float32Array([1, 2, 3, 4])), 2, 2, 1, 2, 2, 1, 1, 1, 1, 1, 3, 3);
    expect([...kernels.f32(columns, 36)].join('')).toBe(
      '0001' + '0012' + '0020' + '0103' + '1234' + '2040' + '0300' + '3400' + '4000',
    );
  });
});

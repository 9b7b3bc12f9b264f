import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calibrationVectors } from '../../src/compiler/calibration-vectors.ts';
import { lower, type MatrixStage } from '../../src/compiler/lower.ts';
import { networkOf, randomParameters, stageOf } from './support.ts';

/** im2col of one image by definition: value under tap (ky, kx) of channel c at output (y, x). */
function naive(
  { window: w, rows }: MatrixStage,
  map: (y: number, x: number, c: number) => number,
  y: number,
  x: number,
): number[] {
  return Array.from({ length: rows }, (_, row) => {
    const channel = row % w!.channels;
    const tap = Math.floor(row / w!.channels);
    const my = y * w!.strideY - w!.padTop + Math.floor(tap / w!.kernelWidth) * w!.dilation;
    const mx = x * w!.strideX - w!.padLeft + (tap % w!.kernelWidth) * w!.dilation;
    return my < 0 || my >= w!.height || mx < 0 || mx >= w!.width ? 0 : map(my, mx, channel);
  });
}

const small = fc.integer({ min: 1, max: 3 });

describe('calibration vectors', () => {
  it('law: are the im2col rows of the sample images, every step-th pixel', () => {
    const shape = fc.record({
      height: fc.integer({ min: 5, max: 14 }),
      width: fc.integer({ min: 5, max: 14 }),
      channels: small,
      kernel: small,
      stride: small,
      pad: fc.nat(2),
      dilation: fc.integer({ min: 1, max: 2 }),
    });
    fc.assert(
      fc.property(shape, small, ({ height, width, channels, kernel, stride, pad, dilation }, images) => {
        const layer = `convolution: { channels: 2, kernel: ${kernel}, stride: ${stride}, pad: ${pad}, dilation: ${dilation} }`;
        const network = networkOf([height, width, channels], [layer, 'flatten']);
        const stage = lower(network, randomParameters(network, 1))[0] as MatrixStage;
        const size = height * width * channels;
        const inputs = Float32Array.from({ length: images * size }, (_, index) => index + 1);
        const { vectors, count } = calibrationVectors(stage, inputs, images);
        const step = Math.max(1, Math.floor(stage.vectors / 64));
        const across = network.shapes[1]![1]!;
        const expected: number[] = [];
        for (let image = 0; image < images; image++)
          for (let pixel = 0; pixel < stage.vectors; pixel += step) {
            const at = (y: number, x: number, c: number) => inputs[image * size + (y * width + x) * channels + c]!;
            expected.push(...naive(stage, at, Math.floor(pixel / across), pixel % across));
          }
        expect([...vectors]).toEqual(expected);
        expect(count * stage.rows).toBe(vectors.length);
      }),
      { seed: 16, numRuns: 50 },
    );
  });

  it('are the inputs themselves for a matrix', () => {
    const inputs = Float32Array.of(1, 2, 3, 4);
    expect(calibrationVectors(stageOf(2, 3), inputs, 2)).toEqual({ vectors: inputs, count: 2 });
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { outputSize } from '../../src/sequence/window-size.ts';

/** Counts the positions at which a kernel lies wholly inside the padded line. */
function bruteForce(size: number, before: number, after: number, kernel: number, dilation: number, stride: number): number {
  let count = 0;
  for (let start = -before; start + dilation * (kernel - 1) < size + after; start += stride) count++;
  return count;
}

const small = fc.integer({ min: 1, max: 4 });
const pad = fc.nat(3);

describe('window size', () => {
  it('law: equals the count of kernel positions in both directions', () => {
    const shapes = fc.record({
      height: fc.integer({ min: 13, max: 30 }),
      width: fc.integer({ min: 13, max: 30 }),
      channels: small,
      kernelHeight: small,
      kernelWidth: small,
      strideY: small,
      strideX: small,
      padTop: pad,
      padLeft: pad,
      padBottom: pad,
      padRight: pad,
      dilation: small,
    });
    fc.assert(
      fc.property(shapes, (shape) => {
        const { height, width, kernelHeight, kernelWidth, dilation } = shape;
        expect(outputSize(shape)).toEqual({
          outputHeight: bruteForce(height, shape.padTop, shape.padBottom, kernelHeight, dilation, shape.strideY),
          outputWidth: bruteForce(width, shape.padLeft, shape.padRight, kernelWidth, dilation, shape.strideX),
        });
      }),
      { seed: 3 },
    );
  });
});

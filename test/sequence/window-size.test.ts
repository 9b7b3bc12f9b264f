import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { outputRows, outputSize } from '../../src/sequence/window-size.ts';

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

const some = fc.record({
  ...{
    height: fc.integer({ min: 13, max: 20 }),
    kernelHeight: small,
    strideY: small,
    padTop: pad,
    padBottom: pad,
    dilation: small,
  },
  ...{ first: fc.nat(12), rows: fc.integer({ min: 1, max: 6 }) },
});

describe('some output rows', () => {
  it('law: lie on the same map rows as in the whole window, and no others', () => {
    fc.assert(
      fc.property(some, ({ first, rows, ...sizes }) => {
        const { height, kernelHeight, strideY, padTop, dilation } = sizes;
        const plain = { ...sizes, width: 4, channels: 1, kernelWidth: 1, strideX: 1, padLeft: 0, padRight: 0 };
        const whole = { ...plain, ...outputSize(plain) };
        fc.pre(first < whole.outputHeight);
        const part = outputRows(whole, first, rows);
        expect(part.outputHeight).toBe(Math.min(rows, whole.outputHeight - first));
        expect(outputSize(part).outputHeight).toBe(part.outputHeight);
        for (let row = 0; row < part.outputHeight; row++)
          for (let tap = 0; tap < kernelHeight; tap++) {
            const there = (first + row) * strideY - padTop + tap * dilation;
            const here = row * strideY - part.padTop + tap * dilation;
            const isOnMap = there >= 0 && there < height;
            expect(here >= 0 && here < part.height).toBe(isOnMap);
            if (isOnMap) expect(part.below + here).toBe(there);
          }
      }),
      { seed: 12 },
    );
  });
});

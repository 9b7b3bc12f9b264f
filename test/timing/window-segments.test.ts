import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Window } from '../../src/sequence/issued-operation.ts';
import { visitWindowSegments, windowAccesses } from '../../src/timing/window-segments.ts';

const windows = fc
  .record({
    height: fc.integer({ min: 5, max: 9 }),
    width: fc.integer({ min: 5, max: 9 }),
    channels: fc.integer({ min: 1, max: 3 }),
    kernelHeight: fc.integer({ min: 1, max: 3 }),
    kernelWidth: fc.integer({ min: 1, max: 3 }),
    strideY: fc.integer({ min: 1, max: 2 }),
    strideX: fc.integer({ min: 1, max: 2 }),
    pad: fc.nat(2),
  })
  .map(({ pad, ...shape }): Window => {
    const outputHeight = Math.floor((shape.height + 2 * pad - shape.kernelHeight) / shape.strideY) + 1;
    const outputWidth = Math.floor((shape.width + 2 * pad - shape.kernelWidth) / shape.strideX) + 1;
    return {
      ...shape,
      address: 1000,
      padTop: pad,
      padLeft: pad,
      padBottom: pad,
      padRight: pad,
      dilation: 1,
      outputHeight,
      outputWidth,
    };
  });

/** Bytes of the map under patch bytes [from, to) of one output pixel, found one by one. */
function patchBytes(window: Window, elementBytes: number, pixel: number, from: number, to: number): number[] {
  const found: number[] = [];
  for (let at = from; at < to; at++) {
    const element = Math.floor(at / elementBytes);
    const channel = element % window.channels;
    const kernel = Math.floor(element / window.channels);
    const x = (pixel % window.outputWidth) * window.strideX - window.padLeft + (kernel % window.kernelWidth);
    const y = Math.floor(pixel / window.outputWidth) * window.strideY - window.padTop + Math.floor(kernel / window.kernelWidth);
    if (x < 0 || y < 0 || x >= window.width || y >= window.height) continue;
    found.push(window.address + ((y * window.width + x) * window.channels + channel) * elementBytes + (at % elementBytes));
  }
  return found;
}

test('segments are exactly the patch bytes inside the map', () => {
  fc.assert(
    fc.property(
      windows,
      fc.nat(80),
      fc.nat(100),
      fc.nat(100),
      fc.constantFrom(1, 2),
      (window, place, first, count, elementBytes) => {
        const pixel = place % (window.outputHeight * window.outputWidth);
        const patch = window.kernelHeight * window.kernelWidth * window.channels * elementBytes;
        const from = first % patch;
        const to = Math.min(patch, from + 1 + count);
        const found: number[] = [];
        visitWindowSegments(window, elementBytes, pixel, from, to, (address, bytes) => {
          for (let at = 0; at < bytes; at++) found.push(address + at);
        });
        expect(found).toEqual(patchBytes(window, elementBytes, pixel, from, to));
      },
    ),
    { seed: 22, numRuns: 300 },
  );
});

test('accesses count every kernel row apart', () => {
  const window = { kernelWidth: 5, channels: 4 } as Window;
  expect(windowAccesses(window, 1, 0, 100, 32)).toBe(5);
  expect(windowAccesses(window, 4, 0, 400, 32)).toBe(5 * 3);
  expect(windowAccesses(window, 1, 10, 45, 8)).toBe(2 + 3 + 1);
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { kernels, place, scoped } from '../../kernel-memory.ts';

interface Shape {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly kernel: number;
  readonly stride: number;
  readonly pad: number;
  readonly dilation: number;
}

/** Twin: offsets of a window in reading order, the first of the largest. */
function largest(map: readonly number[], shape: Shape, outputWidth: number, pixel: number, channel: number): [number, number] {
  const { height, width, channels, kernel, stride, pad, dilation } = shape;
  let [best, at] = [NaN, -1];
  for (let ky = 0; ky < kernel; ky++) {
    for (let kx = 0; kx < kernel; kx++) {
      const y = Math.floor(pixel / outputWidth) * stride - pad + ky * dilation;
      const x = (pixel % outputWidth) * stride - pad + kx * dilation;
      if (y < 0 || y >= height || x < 0 || x >= width) continue;
      const offset = (y * width + x) * channels + channel;
      if (at < 0 || map[offset]! > best) [best, at] = [map[offset]!, offset];
    }
  }
  return [best, at];
}

test.each([0, 1] as const)('maxPool equals its twin, integers %i', (integers) => {
  const shapes = fc.record({
    height: fc.integer({ min: 1, max: 6 }),
    width: fc.integer({ min: 1, max: 6 }),
    channels: fc.integer({ min: 1, max: 9 }),
    kernel: fc.integer({ min: 1, max: 3 }),
    stride: fc.integer({ min: 1, max: 3 }),
    pad: fc.nat(2),
    dilation: fc.integer({ min: 1, max: 2 }),
  });
  fc.assert(
    fc.property(shapes, fc.nat(1000), (shape, from) =>
      scoped(() => {
        const { height, width, channels, kernel, stride, pad, dilation } = shape;
        // few values, so that windows have equals
        const map = Array.from({ length: height * width * channels }, (_, i) => ((from + 37 * i * i) % 11) - 5);
        const [outputWidth, pixels] = [3, 6];
        const at = place(Float32Array.from(map));
        if (integers === 1) kernels.i32(at, map.length).set(map);
        const [out, taken] = [kernels.allocate(4 * pixels * channels), kernels.allocate(4 * pixels * channels)];
        kernels.maxPool(
          ...([out, taken, at, height, width, channels, kernel, kernel, stride, stride, pad, pad, dilation] as const),
          ...([outputWidth, pixels, integers] as const),
        );
        const expected = Array.from({ length: pixels * channels }, (_, i) =>
          largest(map, shape, outputWidth, Math.floor(i / channels), i % channels),
        );
        expect([...kernels.i32(taken, expected.length)]).toEqual(expected.map(([, offset]) => offset));
        const values = integers === 1 ? kernels.i32(out, expected.length) : kernels.f32(out, expected.length);
        expected.forEach(([value, offset], i) => {
          if (offset >= 0) expect(values[i]).toBe(value);
        });
      }),
    ),
    { seed: 20_250_101, numRuns: 120 },
  );
});

import { expect, test } from 'vitest';
import { ideal } from '../../src/device/ideal.ts';
import { createKernels } from '../../src/numeric/create-kernels.ts';

test('keeps exactly what it is told, at any age', () => {
  const kernels = createKernels();
  const block = { chipSeed: 1, matrix: 0, row0: 0, column0: 0, rows: 2, columns: 2, device: 0, event: 0 };
  const [target, written, now] = [kernels.allocate(16), kernels.allocate(16), kernels.allocate(16)];
  kernels.f32(target, 4).set([0, 1e-5, 2e-5, 6e-5]);
  expect(ideal.program(kernels, written, target, block, 0.002, 500)).toEqual({
    pulses: Uint16Array.of(1, 1, 1, 1),
    failed: 0,
    pulseJoules: 0,
  });
  ideal.age(kernels, now, written, block, 1e9, true);
  expect(kernels.f32(now, 4)).toEqual(kernels.f32(target, 4));
});

import { expect, it } from 'vitest';
import { withScratch } from '../../src/network/with-scratch.ts';
import { createKernels } from '../../src/numeric/create-kernels.ts';

it('frees what the work allocated, also when it throws', () => {
  const kernels = createKernels();
  const before = kernels.mark();
  expect(withScratch(kernels, () => kernels.allocate(64))).toBeGreaterThan(0);
  expect(kernels.mark()).toBe(before);
  const failing = (): never => {
    kernels.allocate(64);
    throw new Error('no');
  };
  expect(() => withScratch(kernels, failing)).toThrow('no');
  expect(kernels.mark()).toBe(before);
});

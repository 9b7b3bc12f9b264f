import { expect, test } from 'vitest';
import { createKernels } from '../../src/numeric/create-kernels.ts';

test('allocations are aligned, zeroed and apart', () => {
  const kernels = createKernels();
  const first = kernels.allocate(5);
  const second = kernels.allocate(0);
  const third = kernels.allocate(40);
  expect([first % 16, second - first, third - second]).toEqual([0, 16, 0]);
  expect([...kernels.u8(first, 16), ...kernels.u8(third, 48)].every((byte) => byte === 0)).toBe(true);
});

test('what was released is zero when allocated again', () => {
  const kernels = createKernels();
  const mark = kernels.mark();
  const first = kernels.allocate(32);
  kernels.u8(first, 32).fill(255);
  kernels.release(mark);
  const again = kernels.allocate(64);
  expect(again).toBe(first);
  expect([...kernels.u8(again, 64)]).toEqual(new Array(64).fill(0));
});

test('growth keeps contents and new memory is zero', () => {
  const kernels = createKernels();
  const first = kernels.allocate(16);
  kernels.f32(first, 1)[0] = 42;
  const large = kernels.allocate(3_000_000);
  expect(kernels.f32(first, 1)[0]).toBe(42);
  expect(kernels.u8(large, 3_000_000).every((byte) => byte === 0)).toBe(true);
});

test('pointers above 2 GiB work', () => {
  const kernels = createKernels();
  kernels.allocate(2 ** 31);
  const out = kernels.allocate(64);
  expect(out).toBeGreaterThan(2 ** 31);
  kernels.normals(out, 16, 1, 2, 0, 0, 0, 0);
  const low = createKernels();
  const expected = low.allocate(64);
  low.normals(expected, 16, 1, 2, 0, 0, 0, 0);
  expect(kernels.f32(out, 16)).toEqual(low.f32(expected, 16));
});

test('sizes and marks that cannot be are refused with the numbers', () => {
  const kernels = createKernels();
  expect(() => kernels.allocate(-1)).toThrow('size is -1 bytes');
  expect(() => kernels.allocate(1.5)).toThrow('size is 1.5 bytes');
  expect(() => kernels.allocate(2 ** 32)).toThrow(/^size is 4294967296 bytes; \d+ of 4294967296 are left$/);
  expect(() => kernels.release(kernels.mark() + 16)).toThrow('mark is');
});

test('instances share no memory', () => {
  const [a, b] = [createKernels(), createKernels()];
  const [inA, inB] = [a.allocate(16), b.allocate(16)];
  a.u8(inA, 16).fill(7);
  expect(b.u8(inB, 16)[0]).toBe(0);
});

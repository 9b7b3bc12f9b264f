import { describe, expect, it } from 'vitest';
import { argmax, batchLoss } from '../../src/network/loss.ts';

describe('cross-entropy', () => {
  it('is log of the classes for equal logits', () => {
    const gradient = new Float32Array(4);
    const { sum, correct } = batchLoss('cross-entropy', Float32Array.of(2, 2, 2, 2), Uint8Array.of(1), 4, gradient);
    expect(sum).toBeCloseTo(Math.log(4), 12);
    expect(correct).toBe(0);
    expect(Array.from(gradient)).toEqual([0.25, -0.75, 0.25, 0.25]);
  });

  it('stays finite for huge logits and divides the gradient by the batch', () => {
    const gradient = new Float32Array(4);
    const { sum, correct } = batchLoss(
      'cross-entropy',
      Float32Array.of(1000, -1000, 1000, -1000),
      Uint8Array.of(0, 1),
      2,
      gradient,
    );
    expect(sum).toBeCloseTo(2000, 6);
    expect(correct).toBe(1);
    expect(Array.from(gradient)).toEqual([0, 0, 0.5, -0.5]);
  });
});

describe('mse', () => {
  it('is half the squared distance to the one-hot label', () => {
    const gradient = new Float32Array(3);
    const { sum, correct } = batchLoss('mse', Float32Array.of(0.5, 2, -1), Uint8Array.of(1), 3, gradient);
    expect(sum).toBeCloseTo((0.25 + 1 + 1) / 2, 12);
    expect(correct).toBe(1);
    expect(Array.from(gradient)).toEqual([0.5, 1, -1]);
  });
});

it('argmax takes the first of equals within its row', () => {
  expect(argmax(Float32Array.of(9, 1, 3, 3), 1, 3)).toBe(1);
});

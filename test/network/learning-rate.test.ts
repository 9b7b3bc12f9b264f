import { expect, it } from 'vitest';
import { rateFactor } from '../../src/network/learning-rate.ts';

it('falls by half a cosine', () => {
  const factors = [0, 25, 50, 75, 100].map((step) => rateFactor({ kind: 'cosine' }, step, 100, 10));
  expect(factors.map((factor) => Number(factor.toFixed(4)))).toEqual([1, 0.8536, 0.5, 0.1464, 0]);
});

it('falls in steps of whole epochs', () => {
  const schedule = { kind: 'step', every: 2, factor: 0.1 } as const;
  expect([0, 19, 20, 39, 40].map((step) => Number(rateFactor(schedule, step, 100, 10).toFixed(6)))).toEqual([
    1, 1, 0.1, 0.1, 0.01,
  ]);
});

it('stays when constant', () => {
  expect(rateFactor({ kind: 'constant' }, 99, 100, 10)).toBe(1);
});

import { expect, test } from 'vitest';
import { lossRow } from '../../src/validation/loss-row.ts';
import type { SampledAccuracy } from '../../src/validation/training-accuracy.ts';

const row = { id: 'L', name: 'loss', tolerance: 0.02, class: 'out-of-sample', source: 's' } as const;
const sampled = (...each: readonly { chip: number; float: number }[]): SampledAccuracy => ({
  ...{ mean: 0, standardError: 0, float: 0, floatError: 0, each },
});

test('pairs losses by seed: what both runs share takes no part in the error', () => {
  const found = lossRow(sampled({ chip: 0.9, float: 0.91 }, { chip: 0.8, float: 0.81 }), row);
  expect(found.value).toBeCloseTo(0.01, 12);
  expect(found.standardError).toBeCloseTo(0, 12);
  expect(found.ok).toBe(true);
});

test('a loss above the tolerance, or one too uncertain to tell, does not pass', () => {
  expect(lossRow(sampled({ chip: 0.9, float: 0.93 }, { chip: 0.9, float: 0.93 }), row).ok).toBe(false);
  expect(lossRow(sampled({ chip: 0.9, float: 0.95 }, { chip: 0.95, float: 0.91 }), row).ok).toBe(false);
  // better than float is no failure
  expect(lossRow(sampled({ chip: 0.95, float: 0.9 }, { chip: 0.951, float: 0.9 }), row).ok).toBe(true);
});

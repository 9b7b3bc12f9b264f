import fc from 'fast-check';
import { expect, test } from 'vitest';
import { planTrains } from '../../src/machine/train-plan.ts';

const number = fc.double({ min: 1e-3, max: 10, noNaN: true });
const csrs = (updateManagement: boolean, lengthManagement: boolean) => ({ updateLength: 31, updateManagement, lengthManagement });

test('the expected update is the wanted one as long as no line must fire always', () => {
  fc.assert(
    fc.property(number, number, number, fc.boolean(), fc.boolean(), (rate, x, d, update, length) => {
      const plan = planTrains(csrs(update, length), rate, 0.1, x, d);
      const [p, q] = [plan.rowFactor * x, plan.columnFactor * d];
      if (p > 1 || q > 1) return;
      expect((plan.length * p * q * 0.1) / (rate * x * d)).toBeCloseTo(1, 9);
      if (update || length) expect(p / q).toBeCloseTo(1, 9);
    }),
    { seed: 11, numRuns: 300 },
  );
});

test('beyond the longest train rows fire always and the columns are cut', () => {
  const plan = planTrains(csrs(true, true), 1, 0.01, 2, 0.5);
  expect(plan.length).toBe(31);
  expect(plan.rowFactor * 2).toBeCloseTo(1, 12);
  expect(plan.columnFactor * 0.5).toBeCloseTo(100 / 31, 9);
});

test('nothing to do is no train', () => {
  expect(planTrains(csrs(true, true), 0.1, 0.01, 0, 1).length).toBe(0);
  expect(planTrains(csrs(false, false), 0, 0.01, 1, 1).length).toBe(0);
});

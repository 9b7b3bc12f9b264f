import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cutStages, roundOrder, unpipelined } from '../../../src/compiler/graph/cut-stages.ts';
import type { Step } from '../../../src/compiler/graph/steps.ts';

const stepsOf = (count: number): readonly Step[] =>
  Array.from({ length: count }, (_, at) => ({
    ...{ layer: `l${at}`, reads: [], writes: `v${at}`, partial: false, growth: 'none' },
    operation: { kind: 'zero', elements: 1 },
  }));

/** The dearest stage when the first of `stages` takes so many steps, tried out. */
function least(costs: readonly number[], stages: number): number {
  const sum = costs.reduce((total, cost) => total + cost, 0);
  if (stages === 1 || costs.length === 1) return sum;
  let best = sum;
  for (let first = 1; first < costs.length; first++) {
    const own = costs.slice(0, first).reduce((total, cost) => total + cost, 0);
    best = Math.min(best, Math.max(own, least(costs.slice(first), stages - 1)));
  }
  return best;
}

test('stages ascend, are no more than asked for, and the dearest is as cheap as any cut makes it', () => {
  const costList = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 2, maxLength: 8 });
  fc.assert(
    fc.property(costList, fc.integer({ min: 1, max: 8 }), (costs, most) => {
      const steps = stepsOf(costs.length);
      const { stages, stageOf } = cutStages(steps, most, (step) => costs[steps.indexOf(step)]!);
      const found = steps.map((step) => stageOf.get(step)!);
      expect(stages).toBeLessThanOrEqual(Math.min(most, costs.length));
      expect([...new Set(found)]).toEqual(Array.from({ length: stages }, (_, at) => at));
      expect(found).toEqual([...found].sort((a, b) => a - b));
      const sums = Array.from({ length: stages }, (_, stage) =>
        costs.reduce((sum, cost, at) => (found[at] === stage ? sum + cost : sum), 0),
      );
      expect(Math.max(...sums)).toBe(least(costs, most));
    }),
    { numRuns: 200, seed: 31 },
  );
});

test('a round begins with the first step of every stage, the oldest image first', () => {
  const steps = stepsOf(5);
  const order = roundOrder(cutStages(steps, 2, (step) => (step === steps[0] ? 4 : 1)));
  expect(order.map(({ layer }) => layer)).toEqual(['l1', 'l0', 'l2', 'l3', 'l4']);
  expect(roundOrder(unpipelined(steps))).toEqual(steps);
});

test('no stage is no pipeline', () => {
  expect(() => cutStages(stepsOf(2), 0, () => 1)).toThrow(RangeError);
});

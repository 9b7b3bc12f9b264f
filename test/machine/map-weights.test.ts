import fc from 'fast-check';
import { expect, test } from 'vitest';
import { weightMap } from '../../src/machine/map-weights.ts';

const window = { minS: 9e-6, maxS: 88.2e-6 };
const weight = fc.double({ min: -1, max: 1, noNaN: true });
const run = { seed: 20_250_104, numRuns: 200 };

test.each([
  'differential-pair',
  'balanced-pair',
  'reference-column',
  'digital-offset',
] as const)('%s: conductances stay in the window and give the weight back', (mapping) => {
  const { targets, signs, scaleS, middleS } = weightMap(mapping, window);
  fc.assert(
    fc.property(weight, (w) => {
      const cells = targets.map((target) => target(w));
      for (const g of cells) expect(g >= window.minS - 1e-18 && g <= window.maxS + 1e-18).toBe(true);
      const difference = cells.reduce((sum, g, i) => sum + signs[i]! * g, signs.length === 1 ? -middleS : 0);
      expect(difference / scaleS).toBeCloseTo(w, 12);
    }),
    run,
  );
});

test('the literal pair scales by the largest conductance and loses weights below the floor', () => {
  const { targets, signs, scaleS } = weightMap('literal-pair', window);
  fc.assert(
    fc.property(weight, (w) => {
      const [plus, minus] = targets.map((target) => target(w)) as [number, number];
      expect(Math.min(plus, minus)).toBe(9e-6);
      expect(Math.max(plus, minus)).toBe(Math.max(9e-6, Math.abs(w) * 88.2e-6));
      const held = (signs[0]! * plus + signs[1]! * minus) / scaleS;
      expect(held).toBeCloseTo(Math.sign(w) * Math.max(0, Math.abs(w) - 9 / 88.2), 12);
    }),
    run,
  );
});

test('the one-sided pair rests one device at the bottom of the window', () => {
  const { targets } = weightMap('differential-pair', window);
  expect(targets.map((target) => target(-1))).toEqual([9e-6, 88.2e-6]);
  expect(targets.map((target) => target(0))).toEqual([9e-6, 9e-6]);
});

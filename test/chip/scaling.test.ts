import { expect, test } from 'vitest';
import { areaScale, energyScale, nominalSupplyV } from '../../src/chip/scaling.ts';
import { relative } from './support.ts';

/** Ratios to 45 nm worked out by hand from the published polynomials at each node's own supply. */
const published = [
  [130, 6.19, 6.4],
  [65, 1.65, 1.5],
  [45, 1, 1],
  [32, 0.532, 0.46],
  [28, 0.42, 0.377],
  [22, 0.226, 0.252],
  [14, 0.095, 0.17],
  [7, 0.047, 0.059],
] as const;

test.each(published)('%i nm: energy %f and area %f of 45 nm', (node, energy, area) => {
  expect(relative(energyScale(node), energy)).toBeLessThan(0.011);
  expect(areaScale(node)).toBeCloseTo(area, 6);
});

test('energy is evaluated at the supply in use, not at a common one', () => {
  expect(nominalSupplyV(130)).toBe(1.3);
  // both nodes at 0.9 V: the ratio is half of that at nominal supplies
  expect(energyScale(130, 0.9) / energyScale(45, 0.9)).toBeCloseTo(3.2, 1);
  expect(energyScale(130, 1.4)).toBeGreaterThan(energyScale(130, 1.3));
});

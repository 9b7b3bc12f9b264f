import fc from 'fast-check';
import { expect, test } from 'vitest';
import { adcArea, adcJoules } from '../../../src/chip/adc/adc-models.ts';
import { chipPreset } from '../../../src/chip/presets.ts';
import { varyChip } from '../../../src/chip/vary.ts';
import { relative } from '../support.ts';

const base = chipPreset('cmo-130nm');
const chipWith = (...settings: string[]) => varyChip(base, settings).chip.description;

/** pJ of the recommended SAR model at 6, 8 and 10 bits, worked out from its formula. */
const sar = [
  [130, 4.0, 6.0, 10.5],
  [65, 1.06, 1.61, 2.87],
  [45, 0.64, 0.98, 1.78],
  [32, 0.34, 0.52, 1.0],
  [14, 0.061, 0.098, 0.26],
] as const;

test.each(sar)('SAR at %i nm: %f, %f and %f pJ', (node, ...expected) => {
  const energies = [6, 8, 10].map(
    (bits) => adcJoules(chipWith(`technology.nodeNm=${node} nm`, `tile.adc.bits=${bits}`, 'tile.adc.conversionS=50 ns')) * 1e12,
  );
  for (const [index, energy] of energies.entries()) expect(relative(energy, expected[index]!)).toBeLessThan(0.03);
});

test('only beyond 100 MS/s does a SAR pay for speed', () => {
  const at = (seconds: string) => adcJoules(chipWith(`tile.adc.conversionS=${seconds}`));
  expect(at('50 ns')).toBe(at('10 ns'));
  expect(at('5 ns')).toBeGreaterThan(at('10 ns'));
});

test('an oscillator of 128 ns costs 30 pJ', () => {
  const { description } = chipPreset('cmo-14nm');
  expect(relative(adcJoules(description), 30e-12)).toBeLessThan(1e-9);
  expect(relative(adcArea(description), 450e-12)).toBeLessThan(1e-9);
});

test('given numbers are taken as they are, calibration multiplies', () => {
  const fixed = chipWith(
    'tile.adc.kind=fixed',
    'tile.adc.fixedJoules=2 pJ',
    'tile.adc.fixedArea=1200 um2',
    'tile.adc.calibration=1.5',
  );
  expect(adcJoules(fixed)).toBeCloseTo(3e-12, 18);
  expect(adcArea(fixed)).toBe(1200e-12);
});

test('every further bit costs energy and area; an ideal converter is charged as 8 bits', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 15 }), fc.integer({ min: 7, max: 130 }), (bits, node) => {
      const at = (resolution: number) =>
        chipWith(`technology.nodeNm=${node} nm`, `tile.adc.bits=${resolution}`, 'tile.adc.conversionS=50 ns');
      expect(adcJoules(at(bits + 1))).toBeGreaterThan(adcJoules(at(bits)));
      expect(adcArea(at(bits + 1))).toBeGreaterThan(adcArea(at(bits)));
    }),
    { seed: 4, numRuns: 50 },
  );
  expect(adcJoules(chipWith('tile.adc.bits=ideal'))).toBe(adcJoules(base.description));
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { adcBand } from '../../../src/chip/adc/adc-band.ts';
import { adcArea, adcJoules, adcKinds, adcModels } from '../../../src/chip/adc/adc-models.ts';
import { decrementSteps, neuronActivity } from '../../../src/chip/adc/charge-decrement.ts';
import { chipPreset } from '../../../src/chip/presets.ts';
import { varyChip } from '../../../src/chip/vary.ts';
import { relative } from '../support.ts';

const base = varyChip(chipPreset('cmo-130nm'), ['tile.adc.mux=1']).chip;
const chipWith = (...settings: string[]) => varyChip(base, settings).chip.description;

/** pJ worked out from each formula. */
test.each([
  ['flash', 32, 6, 0.195],
  ['neurosim-sar', 32, 8, 0.161],
  ['neurosim-sar', 130, 8, 1.195],
  ['ramp', 14, 8, 12.5],
  ['cco', 14, 8, 30],
])('%s at %i nm, %i bits: %f pJ', (kind, node, bits, picojoules) => {
  const chip = chipWith(
    `technology.nodeNm=${node} nm`,
    'tile.input.stepS=1 ns',
    'tile.adc.integrates=false',
    `tile.adc.kind=${kind}`,
    `tile.adc.bits=${bits}`,
    'tile.adc.conversionS=128 ns',
  );
  expect(relative(adcJoules(chip), picojoules * 1e-12)).toBeLessThan(0.01);
});

test('whatever the kind, resolution and node: finite, and another bit is never cheaper', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...adcModels.filter(({ kind }) => kind !== 'fixed')),
      fc.integer({ min: 4, max: 12 }),
      fc.integer({ min: 7, max: 130 }),
      (model, bits, node) => {
        const at = (resolution: number) =>
          chipWith(
            `technology.nodeNm=${node} nm`,
            `tile.adc.bits=${resolution}`,
            'tile.adc.conversionS=1 us',
            'tile.adc.integrates=false',
            `tile.adc.kind=${model.kind}`,
          );
        for (const of of [adcJoules, adcArea]) {
          expect(Number.isFinite(of(at(bits))) && of(at(bits)) > 0).toBe(true);
          expect(of(at(bits + 1))).toBeGreaterThanOrEqual(of(at(bits)));
        }
      },
    ),
    { seed: 22, numRuns: 60 },
  );
});

test('a band holds the value; NeuroSim and the survey are its ends for the SAR family', () => {
  for (const kind of adcKinds) {
    const { minimum, value, maximum } = adcBand(chipWith('tile.adc.integrates=false', `tile.adc.kind=${kind}`));
    expect(minimum).toBeLessThanOrEqual(value);
    expect(maximum).toBeGreaterThanOrEqual(value);
  }
  const { minimum, maximum } = adcBand(base.description);
  expect(relative(minimum, 1.195e-12)).toBeLessThan(0.01);
  expect(relative(maximum, 23.9e-12)).toBeLessThan(0.01);
});

test('the neuron of NeuRRAM: one train up to three magnitude bits, two above', () => {
  const at = (inputs: number, outputs: number) =>
    varyChip(chipPreset('neurram'), [`tile.input.bits=${inputs}`, `tile.adc.bits=${outputs}`]).chip.description;
  expect(decrementSteps(at(4, 6))).toBe(6);
  expect(decrementSteps(at(8, 10))).toBe(16);
  expect(neuronActivity(at(8, 10))).toEqual({ pulses: 22, samples: 7 });
  expect(at(8, 10).tile.adc.conversionS).toBeCloseTo(18 * 0.3e-6, 12);
});

test('both columns of a pair converted: twice the energy and the converters', () => {
  expect(adcJoules(chipWith('tile.adc.perOutput=2'))).toBe(2 * adcJoules(base.description));
});

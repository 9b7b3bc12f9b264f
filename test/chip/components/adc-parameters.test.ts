import { expect, test } from 'vitest';
import { adcParameters } from '../../../src/chip/components/adc-parameters.ts';
import { standardChip } from './standards.ts';

const seconds = (...settings: string[]) => standardChip(...settings).tile.adc.conversionS;

test('a SAR takes two cycles more than its bits, faster with the node', () => {
  expect(seconds()).toBeCloseTo(50e-9, 18);
  expect(seconds('tile.adc.bits=6')).toBeCloseTo(40e-9, 18);
  expect(seconds('technology.nodeNm=65 nm')).toBeCloseTo(25e-9, 18);
});

test('an oscillator integrates as long as the longest input and has a column of its own', () => {
  const { adc } = standardChip('tile.adc.mux=1', 'tile.adc.kind=cco', 'tile.input.stepS=1 ns').tile;
  expect(adc).toMatchObject({ mux: 1, integrates: true });
  expect(adc.conversionS).toBeCloseTo(128e-9, 18);
});

test('converter errors are on by default and admit to be assumed', () => {
  for (const path of ['tile.adc.offsetLsb', 'tile.adc.gainError', 'tile.adc.inlLsb', 'tile.adc.noiseLsb'] as const) {
    expect(adcParameters[path].standard(standardChip())).toBeGreaterThan(0);
    expect(adcParameters[path].source).toContain('assumed');
  }
});

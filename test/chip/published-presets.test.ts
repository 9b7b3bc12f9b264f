import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tileCount } from '../../src/chip/components/component.ts';
import { actionNames } from '../../src/chip/cost-table.ts';
import { costTableOf } from '../../src/chip/cost-table-of.ts';
import { memoryArea } from '../../src/chip/memory.ts';
import { chipPreset } from '../../src/chip/presets.ts';
import { timingParameters } from '../../src/chip/timing-parameters.ts';
import { passesPerVector, stepsPerPass } from '../../src/chip/timing-rules.ts';
import { varyChip } from '../../src/chip/vary.ts';
import { arbitraryChip } from './arbitrary-chip.ts';
import { issuesOf } from './support.ts';

const cell = { pulseSeconds: 1e-6, verifySeconds: 1e-6 };
const of = (name: string) => chipPreset(name).description;

test('ISAAC: 16 128 arrays, sixteen passes of 100 ns, 128 conversions within one', () => {
  const chip = of('isaac');
  expect(tileCount(chip)).toBe(168 * 12 * 8);
  const { readPs, passes, conversionPs, adcMux } = timingParameters(chip, cell);
  expect([readPs, passes]).toEqual([100_000, 16]);
  expect(conversionPs * adcMux).toBeLessThanOrEqual(100_000);
});

test('PUMA: 138 tiles of eight cores with two units of eight arrays', () => {
  expect(tileCount(of('puma'))).toBe(138 * 8 * 2 * 8);
});

test('HERMES in four phases reads four times', () => {
  expect(passesPerVector(of('hermes').tile.input)).toBe(1);
  expect(passesPerVector(of('hermes-4phase').tile.input)).toBe(4);
});

test('NeuRRAM: a neuron holds its column until the code is there', () => {
  const { readPs, conversionPs } = timingParameters(of('neurram'), cell);
  expect(stepsPerPass(of('neurram').tile.input)).toBe(7);
  expect([readPs, conversionPs]).toEqual([3_990_000, 0]);
});

test('digital tiles: no heat, weights at the density of SRAM, a row of multiply-accumulates per word line', () => {
  const chip = of('digital-14nm');
  const costs = costTableOf(chip);
  expect(costs.cellEnergyFactor).toBe(0);
  const crossbar = costs.components.find(({ component }) => component === 'crossbar')!;
  const weights = memoryArea('sram', 65536, chip.technology) * chip.overhead.wiringArea;
  expect(crossbar.area / crossbar.count).toBeGreaterThan(weights);
  // 256 multiply-accumulates of 28 fJ (Horowitz 2014 at 14 nm) and a 2048-bit word
  const row = crossbar.actions[actionNames.crossbar[0]]! / chip.overhead.postLayoutEnergy;
  expect(row).toBeGreaterThan(256 * 25e-15);
  expect(row).toBeLessThan(256 * 250e-15);
});

test('calibration multiplies the energy of its block alone, cells included', () => {
  const base = costTableOf(of('cmo-130nm'));
  const doubled = costTableOf(
    varyChip(chipPreset('cmo-130nm'), ['calibration.noc=2', 'calibration.crossbar=3']).chip.description,
  );
  for (const [index, { component, actions, area }] of doubled.components.entries()) {
    const factor = component === 'noc' ? 2 : component === 'crossbar' ? 3 : 1;
    for (const [name, joules] of Object.entries(actions))
      expect(joules).toBeCloseTo(factor * base.components[index]!.actions[name]!, 20);
    expect(area).toBe(base.components[index]!.area);
  }
  expect(doubled.cellEnergyFactor).toBe(3);
});

test('whatever the chip, energy is never below the heat of conducting cells, and idle power outside the chip is in no total', () => {
  fc.assert(
    fc.property(arbitraryChip, ({ description }) => {
      const costs = costTableOf(description);
      const { array } = description.tile;
      const heat = array.kind === 'sram' ? 0 : array.heatDuty * Math.min(1, description.calibration.crossbar);
      expect(costs.cellEnergyFactor).toBeGreaterThanOrEqual(heat);
      const plugged = { ...description, host: { idleW: 1e3 }, dram: { ...description.dram, idleW: 1e3 } };
      expect(costTableOf(plugged)).toEqual(costs);
    }),
    { seed: 23, numRuns: 60 },
  );
});

test('the line current serialises writes: fewer at once by standard, more refused', () => {
  const at = (...settings: string[]) => varyChip(chipPreset('cmo-130nm'), settings).chip.description.tile.array.parallelWrites;
  expect(at()).toBe(16);
  expect(at('tile.array.maxLineA=0.5 mA')).toBe(7);
  expect(at('tile.array.maxLineA=10 uA')).toBe(1);
  expect(issuesOf(() => at('tile.array.maxLineA=0.5 mA', 'tile.array.parallelWrites=8'))).toMatchObject([
    { found: 'tile.array.parallelWrites = 8', expected: 'at most 7, whose write current one line of maxLineA carries' },
  ]);
});

test('memories outside the chip: every kind with its energy and bandwidth', () => {
  const energy = (kind: string) => varyChip(chipPreset('cmo-130nm'), [`dram.kind=${kind}`]).chip.description.dram.joulesPerBit;
  expect(['lpddr', 'lpddr4', 'gddr5', 'hbm2', 'hbm3'].map(energy)).toEqual([40e-12, 8e-12, 14e-12, 3.9e-12, 4.05e-12]);
});

import { expect, test } from 'vitest';
import { chipPreset } from '../../../src/chip/presets.ts';
import { isaacChip, isaacTile, isaacUnit } from '../../../src/chip/published/isaac-parts.ts';
import { part, sumOfParts, whole } from '../../../src/chip/published/published-parts.ts';
import { pumaCore, pumaNode, pumaTile } from '../../../src/chip/published/puma-parts.ts';
import { relative } from '../support.ts';

test('a whole is the sum of its parts, so many times', () => {
  const pair = [part('a', 2, 1, 0.5), part('b', 1, 3, 0.25)];
  expect(sumOfParts(pair).watts).toBeCloseTo(5e-3, 12);
  expect(sumOfParts(pair).area).toBeCloseTo(1.25e-6, 15);
  expect(sumOfParts([whole('pair', 10, pair)]).watts).toBeCloseTo(50e-3, 12);
});

test('ISAAC: 24.08 mW a unit, 329.8 mW a tile, 65.8 W the chip', () => {
  expect(relative(sumOfParts(isaacUnit).watts, 24.08e-3)).toBeLessThan(1e-3);
  expect(relative(sumOfParts(isaacTile).watts, 329.8e-3)).toBeLessThan(1e-3);
  expect(relative(sumOfParts(isaacChip).watts, 65.8)).toBeLessThan(1e-3);
});

test('PUMA: 42.37 mW a core, tile and node within 1.5 % of print', () => {
  expect(relative(sumOfParts(pumaCore).watts, 42.37e-3)).toBeLessThan(1e-3);
  expect(relative(sumOfParts(pumaTile).watts, 373.8e-3)).toBeLessThan(0.015);
  expect(relative(sumOfParts(pumaNode).watts, 62.5)).toBeLessThan(0.015);
});

test('the energies of preset isaac are the printed powers over the printed rates', () => {
  const { tile, technology } = chipPreset('isaac').description;
  const unit = (start: string) => isaacUnit.find(({ name }) => name.startsWith(start))!.watts;
  const read = 100e-9;
  expect(relative(tile.adc.fixedJoules, (unit('8 ADC') / 8) * (read / 128))).toBeLessThan(1e-3);
  expect(relative(tile.input.registerJoulesPerBit, (unit('8 x 128 DAC') / 1024) * read)).toBeLessThan(1e-3);
  expect(relative(128 * tile.array.rowCapacitanceF * technology.supplyV ** 2, (unit('8 arrays') / 8) * read)).toBeLessThan(1e-3);
});

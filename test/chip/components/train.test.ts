import { expect, test } from 'vitest';
import { train } from '../../../src/chip/components/train.ts';
import { costTableOf } from '../../../src/chip/cost-table-of.ts';
import type { ChipDescription } from '../../../src/chip/description.ts';
import { chipPreset } from '../../../src/chip/presets.ts';

const chip = chipPreset('cmo-130nm').description;
const withGenerator = (generator: 'shared' | 'per-line'): ChipDescription => ({
  ...chip,
  tile: { ...chip.tile, train: { ...chip.tile.train, generator } },
});
const slotJoules = (generator: 'shared' | 'per-line'): number => train.cost!.actions.bit.value(withGenerator(generator));

test('one slot of 512 lines: about 31 pJ shared, about 20 times that when every line draws its own number', () => {
  expect(512 * slotJoules('shared')).toBeGreaterThan(25e-12);
  expect(512 * slotJoules('shared')).toBeLessThan(35e-12);
  expect(slotJoules('per-line') / slotJoules('shared')).toBeCloseTo((16 * 9 + 7.4) / 7.4, 0);
});

test('a line is charged from the pulse voltage; shift registers take area', () => {
  const cost = costTableOf(chip).components.find(({ component }) => component === 'train-generator')!;
  expect(cost.actions.pulse).toBeCloseTo(
    chip.tile.array.rowCapacitanceF * chip.tile.train.pulseV ** 2 * chip.overhead.postLayoutEnergy,
    18,
  );
  const perLine = costTableOf(withGenerator('per-line')).components.find(({ component }) => component === 'train-generator')!;
  expect(perLine.area / cost.area).toBeCloseTo((chip.tile.rows + chip.tile.columns) / 2, 6);
});

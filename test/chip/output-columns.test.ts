import { expect, test } from 'vitest';
import { conversionRoundSeconds, convertersPerTile, outputColumns } from '../../src/chip/output-columns.ts';
import { chipPreset } from '../../src/chip/presets.ts';
import { varyChip } from '../../src/chip/vary.ts';

const of = (...settings: string[]) => varyChip(chipPreset('cmo-130nm'), settings).chip.description;

test.each([
  [['mapping.scheme=differential-pair'], 128, 16],
  [['mapping.scheme=balanced-pair'], 128, 16],
  [['mapping.scheme=reference-column'], 255, 32],
  [['mapping.scheme=digital-offset'], 256, 32],
  [['mapping.sliceBits=4', 'mapping.slices=4'], 128, 16],
  [['mapping.sliceBits=4', 'mapping.slices=3'], 126, 16],
  [['tile.adc.mux=100'], 128, 2],
])('%j: %i columns, %i converters', (settings, columns, converters) => {
  const chip = of(...settings);
  expect(outputColumns(chip)).toBe(columns);
  expect(convertersPerTile(chip)).toBe(converters);
});

test('a round serves every column of a converter', () => {
  expect(conversionRoundSeconds(of('tile.adc.mux=4'))).toBeCloseTo(200e-9, 15);
});

import { expect, test } from 'vitest';
import { chipHash } from '../../src/chip/chip-hash.ts';
import { loadChip } from '../../src/chip/load.ts';
import { chipPreset } from '../../src/chip/presets.ts';
import { varyChip } from '../../src/chip/vary.ts';

const { description } = chipPreset('cmo-130nm');

test('equal values hash equally, however they were written', () => {
  const other = loadChip('extends: cmo-130nm\nname: other\ntile: { adc: { bits: 8 }, array: { readV: 200 mV } }\n', 'other.yaml');
  expect(chipHash(other.description)).toBe(chipHash(description));
  expect(chipHash(description)).toMatch(/^[0-9a-f]{64}$/);
});

test('any other value hashes otherwise', () => {
  const { chip } = varyChip(chipPreset('cmo-130nm'), ['dram.latencyS=81 ns']);
  expect(chipHash(chip.description)).not.toBe(chipHash(description));
});

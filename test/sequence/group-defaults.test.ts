import { expect, test } from 'vitest';
import { chipPreset } from '../../src/chip/presets.ts';
import { varyChip } from '../../src/chip/vary.ts';
import { groupDefaults } from '../../src/sequence/group-defaults.ts';

test('group registers start with what the tiles are', () => {
  expect(groupDefaults(chipPreset('cmo-130nm').description)).toMatchObject({
    ...{ inFormat: 'bf16', outFormat: 'bf16', inBits: 8, dacMode: 'pulse-width', adcBits: 8, adcRange: 10, boundManagement: 3 },
    ...{ noiseManagement: 'abs-max', mapping: 'differential-pair', slices: 1, irDrop: 'conductance', programTolerance: 0.002 },
    ...{ updateLength: 31, updateScheme: 'gate', transferThreshold: 1, autoScale: 0 },
  });
});

test('and follow the chip', () => {
  const { chip } = varyChip(chipPreset('ideal'), ['tile.array.irDrop=weight', 'mapping.scheme=reference-column']);
  expect(groupDefaults(chip.description)).toMatchObject({
    inBits: 0,
    adcBits: 0,
    inFormat: 'f32',
    irDrop: 'weight',
    mapping: 'reference-column',
  });
});

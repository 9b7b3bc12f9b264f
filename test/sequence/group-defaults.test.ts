import { expect, test } from 'vitest';
import { chipPreset } from '../../src/chip/presets.ts';
import { varyChip } from '../../src/chip/vary.ts';
import { groupDefaults } from '../../src/sequence/group-defaults.ts';

test('group registers start with what the tiles are', () => {
  expect(groupDefaults(chipPreset('cmo-130nm').description)).toEqual({
    inFormat: 'bf16',
    outFormat: 'bf16',
    inUnit: 1,
    inBits: 8,
    dacMode: 'pulse-width',
    adcBits: 8,
    adcRange: 10,
    noiseManagement: 'abs-max',
    inScale: 1,
    boundManagement: 3,
    mapping: 'differential-pair',
    slices: 1,
    sliceBits: 0,
    noiseOn: true,
    driftOn: true,
    irDrop: 'conductance',
    weightMax: 1,
    programTolerance: 0.002,
    programLimit: 500,
    updateLength: 31,
    updateScheme: 'gate',
    updateManagement: true,
    lengthManagement: true,
    updatePhases: 0,
    lineLimit: 0,
    writeDrop: false,
    disturb: true,
    autoScale: false,
    autoMomentum: 0.99,
    accumulateRate: 1,
    transferRate: 1,
    transferThreshold: 1,
    transferLength: 1,
    transferReads: 1,
    transferMomentum: 0,
    transferForget: false,
    chopProbability: 0,
    chopOutProbability: 0,
    tailWeight: 5,
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

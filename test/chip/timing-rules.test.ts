import { expect, test } from 'vitest';
import { chipPreset } from '../../src/chip/presets.ts';
import { chargedBits, conversionTailSeconds, passesPerVector, passSeconds, stepsPerPass } from '../../src/chip/timing-rules.ts';

const { tile } = chipPreset('cmo-130nm').description;

test('a pulse-width input of 8 bits has 127 steps in one pass', () => {
  expect(stepsPerPass(tile.input)).toBe(127);
  expect(passesPerVector(tile.input)).toBe(1);
  expect(passSeconds(tile)).toBeCloseTo(264e-9, 15);
});

test('bit-serial has one step in each of seven passes, amplitude one in one', () => {
  const serial = { ...tile.input, coding: 'bit-serial' } as const;
  expect([stepsPerPass(serial), passesPerVector(serial)]).toEqual([1, 7]);
  const amplitude = { ...tile.input, coding: 'amplitude' } as const;
  expect([stepsPerPass(amplitude), passesPerVector(amplitude)]).toEqual([1, 1]);
});

test('an ideal converter is timed as 8 bits', () => {
  expect(chargedBits(0)).toBe(8);
  expect(chargedBits(5)).toBe(5);
  expect(stepsPerPass({ ...tile.input, bits: 0 })).toBe(127);
});

test('shared converters take turns, integrating ones only read out', () => {
  expect(conversionTailSeconds(tile)).toBeCloseTo(400e-9, 15);
  expect(conversionTailSeconds(chipPreset('cmo-14nm').description.tile)).toBeCloseTo(3e-9, 15);
});

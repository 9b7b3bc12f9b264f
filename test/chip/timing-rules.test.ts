import { expect, test } from 'vitest';
import { presetNames } from '../../src/chip/preset-texts.ts';
import { chipPreset } from '../../src/chip/presets.ts';
import {
  chargedBits,
  conversionTailSeconds,
  passesPerVector,
  passSeconds,
  readWindowSeconds,
  settlingSeconds,
  stepsPerPass,
} from '../../src/chip/timing-rules.ts';

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

test('a word line settles by driver and half its wire, to half a step of the converter; a read never ends before', () => {
  // (1000 ohm + 256 x 0.0729 ohm / 2) x 506.6 fF x ln 2^9
  expect(settlingSeconds(tile)).toBeCloseTo(1009.3 * 506.6e-15 * 9 * Math.LN2, 12);
  expect(settlingSeconds(tile)).toBeLessThan(readWindowSeconds(tile));
  const slow = { ...tile, array: { ...tile.array, driverOhm: 1e6 } };
  expect(settlingSeconds(slow)).toBeGreaterThan(readWindowSeconds(slow));
  expect(passSeconds(slow)).toBe(settlingSeconds(slow));
  const fast = { ...tile, array: { ...tile.array, driverOhm: 0, lineOhmPerCell: 0 } };
  expect(settlingSeconds(fast)).toBe(1e-9);
  expect(settlingSeconds(chipPreset('digital-14nm').description.tile)).toBe(0);
});

test('every preset gives its word lines time to settle', () => {
  for (const name of presetNames) {
    const { tile: of } = chipPreset(name).description;
    if (of.array.kind === 'resistive') expect(readWindowSeconds(of), name).toBeGreaterThanOrEqual(settlingSeconds(of));
  }
});

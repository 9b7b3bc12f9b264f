import { expect, test } from 'vitest';
import { presetNames } from '../../src/chip/preset-texts.ts';
import { chipPreset } from '../../src/chip/presets.ts';
import { tilePitch } from '../../src/chip/tile-pitch.ts';
import { varyChip } from '../../src/chip/vary.ts';

const pitchOf = (name: string, ...settings: string[]) => tilePitch(varyChip(chipPreset(name), settings).chip.description);

test('a converter has the width of all the columns it serves, shared by those that work on one output', () => {
  expect(pitchOf('cmo-14nm')).toEqual({ availableM: 4e-6, neededM: 4e-6, stretch: 1 });
  expect(pitchOf('cmo-14nm', 'tile.adc.perOutput=2').stretch).toBe(2);
  const [one, eight] = [1, 8].map((mux) => pitchOf('cmo-130nm', `tile.adc.mux=${mux}`).availableM);
  expect(eight! / one!).toBeCloseTo(8, 9);
});

test('every preset fits, and SRAM needs no converter', () => {
  for (const name of presetNames) expect(pitchOf(name).stretch, name).toBe(1);
  expect(pitchOf('digital-14nm').neededM).toBe(0);
});

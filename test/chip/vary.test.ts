import { expect, test } from 'vitest';
import { chipPreset } from '../../src/chip/presets.ts';
import { varyChip } from '../../src/chip/vary.ts';
import { describeIssue } from '../../src/config/issue.ts';
import { issuesOf } from './support.ts';

const base = chipPreset('cmo-130nm');
const messages = (...settings: string[]) => issuesOf(() => varyChip(base, settings)).map(describeIssue);

test('changes what is named, leaves the rest, and says what changed', () => {
  const { chip, patches } = varyChip(base, ['tile.adc.bits=6', 'tile.array.accessOhm=0 ohm', 'overhead.appliesTo=everything']);
  expect(chip.description.tile.adc.bits).toBe(6);
  expect(chip.description.tile.array.accessOhm).toBe(0);
  expect(chip.description.overhead.appliesTo).toBe('everything');
  expect(base.description.tile.adc.bits).toBe(8);
  expect(chip.description.scratchpad).toEqual(base.description.scratchpad);
  expect(patches.map(({ path }) => path)).toEqual([['tile.adc.bits'], ['tile.array.accessOhm'], ['overhead.appliesTo']]);
});

test('standard values follow: fewer bits convert faster, more columns load the row', () => {
  const { chip } = varyChip(base, ['tile.adc.bits=6', 'tile.columns=512']);
  expect(chip.description.tile.adc.conversionS).toBeCloseTo(40e-9, 15);
  expect(chip.description.tile.array.rowCapacitanceF).toBeGreaterThan(1.8 * base.description.tile.array.rowCapacitanceF);
});

test('the last of equal paths wins; no setting changes nothing', () => {
  expect(varyChip(base, ['tile.rows=64', 'tile.rows=32']).chip.description.tile.rows).toBe(32);
  const same = varyChip(base, []);
  expect(same.chip.description).toEqual(base.description);
  expect(same.patches).toEqual([]);
});

test('every wrong setting is reported, with the nearest path', () => {
  expect(messages('tile.adc.bit=6', 'tile.rows=x', 'foo', 'adc.bits=5', 'tile.array.readV=0.2', 'tile.adc.kind=ccoo')).toEqual([
    '--set tile.adc.bit=6 found unknown tile.adc.bit, expected a path of a chip value (did you mean tile.adc.bits?)',
    '--set tile.rows=x found tile.rows = "x", expected a whole number from 1 to 4096',
    '--set foo found "foo", expected path=value, such as tile.rows=128',
    '--set adc.bits=5 found unknown adc.bits, expected a path of a chip value (did you mean tile.adc.bits?)',
    '--set tile.array.readV=0.2 found tile.array.readV = "0.2", expected a voltage with its unit, such as 0.2 V',
    '--set tile.adc.kind=ccoo found tile.adc.kind = "ccoo", expected one of sar, flash, cco, ramp, charge-decrement, survey, neurosim-sar, fixed (did you mean cco?)',
  ]);
});

test('a group of values lists its members, a broken rule names the setting behind it', () => {
  expect(messages('dma=3')).toEqual(['--set dma=3 found dma, a group of values, expected one of dma.channels, dma.setupCycles']);
  expect(messages('tile.rows=16', 'tile.adc.kind=cco')).toEqual([
    '--set tile.adc.kind=cco found tile.adc.mux = 8, expected 1, because an integrating converter cannot be shared',
  ]);
  expect(messages('tile.rows=16', 'tile.columns=8')).toEqual([
    '--set tile.columns=8 found tile.adc.mux = 8, expected at most the 4 output columns of a tile',
  ]);
});

import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { chipPaths, parameterAt } from '../../src/chip/components/components.ts';
import { presetNames, presetText } from '../../src/chip/preset-texts.ts';
import { chipPreset, listPresets } from '../../src/chip/presets.ts';
import { readSource } from '../../src/chip/read-source.ts';
import { parseYaml } from '../../src/config/parse-yaml.ts';
import { issuesOf } from './support.ts';

const folder = new URL('../../src/chip/presets/', import.meta.url);

test('the embedded presets are the files, the default first', () => {
  const files = readdirSync(folder).map((name) => name.replace('.yaml', ''));
  expect([...presetNames].sort()).toEqual(files.sort());
  for (const name of presetNames) expect(presetText(name)).toBe(readFileSync(new URL(`${name}.yaml`, folder), 'utf8'));
  expect(presetNames[0]).toBe('cmo-130nm');
});

test.each(presetNames)('%s: every value names its source', (name) => {
  const { given, unreadable } = readSource(parseYaml(presetText(name)!, name).value);
  expect(unreadable).toEqual([]);
  for (const path of chipPaths) {
    const value = given[path];
    if (value === undefined || parameterAt(path).kind === 'text') continue;
    expect(value.source, path).not.toBe('given by the user');
  }
  expect(chipPreset(name).description.name).toBe(name);
});

test('cmo-130nm and cmo-14nm are the machines they say', () => {
  const p130 = chipPreset('cmo-130nm').description;
  expect(p130.tile).toMatchObject({
    rows: 256,
    columns: 256,
    input: { stepS: 2e-9, bits: 8 },
    adc: { kind: 'sar', mux: 8, bits: 8, integrates: false },
  });
  expect(p130.tile.adc.conversionS).toBeCloseTo(50e-9, 18);
  expect(p130.clock.frequencyHz).toBe(200e6);
  const p14 = chipPreset('cmo-14nm').description;
  expect(p14.tile).toMatchObject({
    rows: 256,
    columns: 512,
    input: { stepS: 1e-9 },
    adc: { kind: 'cco', mux: 1, integrates: true },
  });
  expect(p14.tile.adc.conversionS).toBeCloseTo(128e-9, 18);
  expect(p14.clock.frequencyHz).toBe(1e9);
  for (const chip of [p130, p14]) {
    expect(chip.grid.rows * chip.grid.columns).toBe(64);
    expect(chip.tile.array.accessOhm).toBe(2000);
    expect(chip.overhead.appliesTo).toBe('cmos');
    expect(
      Math.min(chip.tile.adc.offsetLsb, chip.tile.adc.gainError, chip.tile.adc.inlLsb, chip.tile.adc.noiseLsb),
    ).toBeGreaterThan(0);
  }
});

test('ideal differs from cmo-130nm in values only', () => {
  const ideal = chipPreset('ideal').description;
  const real = chipPreset('cmo-130nm').description;
  expect(ideal).toMatchObject({
    device: 'ideal',
    vector: { format: 'f32' },
    tile: { input: { bits: 0 }, adc: { bits: 0, offsetLsb: 0, gainError: 0, inlLsb: 0, noiseLsb: 0 } },
  });
  expect(ideal.tile.adc.conversionS).toBe(real.tile.adc.conversionS);
  expect(ideal.tile.array).toEqual({ ...real.tile.array, irDrop: 'off' });
  expect(ideal.clock).toEqual(real.clock);
});

test('the list has a line for each; an unknown name comes with the nearest', () => {
  expect(listPresets().map(({ name }) => name)).toEqual(presetNames);
  for (const { doc } of listPresets()) expect(doc.length).toBeGreaterThan(20);
  expect(issuesOf(() => chipPreset('cmo-13nm'))).toMatchObject([
    { file: '--chip', found: 'chip "cmo-13nm"', nearest: 'cmo-130nm' },
  ]);
});

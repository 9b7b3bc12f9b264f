import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadChip } from '../../src/chip/load.ts';
import { presetNames } from '../../src/chip/preset-texts.ts';
import { chipPreset } from '../../src/chip/presets.ts';
import { varyChip } from '../../src/chip/vary.ts';
import { describeIssue } from '../../src/config/issue.ts';
import { issuesOf } from './support.ts';

const load = (text: string) => loadChip(text, 'my.yaml');
const messages = (text: string) => issuesOf(() => load(text)).map(describeIssue);

test('a name is a whole chip: everything else takes its standard value', () => {
  const { description, sources } = load('name: mine\n');
  expect(description.name).toBe('mine');
  expect(description.tile.adc.bits).toBe(8);
  expect(sources['tile.adc.bits']).toMatchObject({ given: false, text: '8' });
  expect(Object.isFrozen(description.tile.adc)).toBe(true);
});

test('values carry units, a source of their own, and land in SI', () => {
  const { description, sources } = load(
    'technology: { nodeNm: 65 nm }\ntile:\n  adc:\n    conversionS: { value: 0.1 us, source: "assumed: slow" }\n    bits: ideal\nscratchpad: { bytes: 1 MiB }\nnoc: { hopMm: 2 mm }\n',
  );
  expect(description.technology).toMatchObject({ nodeNm: 65, supplyV: 1.1 });
  expect(description.tile.adc).toMatchObject({ conversionS: 1e-7, bits: 0 });
  expect(description.scratchpad.bytes).toBe(2 ** 20);
  expect(description.noc.hopMm).toBe(2);
  expect(sources['tile.adc.conversionS']).toEqual({ text: '0.1 us', source: 'assumed: slow', assumed: true, given: true });
  expect(sources['technology.nodeNm']).toMatchObject({ source: 'given by the user', assumed: false });
});

test('extends starts from a preset and keeps its sources', () => {
  const chip = load('extends: cmo-14nm\ntile: { adc: { bits: 6 } }\n');
  const preset = chipPreset('cmo-14nm');
  expect(chip.description).toEqual({
    ...preset.description,
    tile: { ...preset.description.tile, adc: { ...preset.description.tile.adc, bits: 6 } },
  });
  expect(chip.sources['tile.input.stepS']).toEqual(preset.sources['tile.input.stepS']);
});

const wrong = `extends: cmo-130nm
name: 12
tile:
  rowz: 12
  rows: 0
  array: { readV: 0.2, accessOhm: { value: 2, source: x }, settleS: { value: 3 ns } }
  adc:
    kind: saar
    bits: 1
    mux: 200
    range: .nan
scratchpad:
  banks: 3
  bytes: 768 KiB
device: cmo-hfxo
`;

test('every mistake is reported at once, in place', () => {
  expect(messages(wrong)).toEqual([
    'my.yaml:2:7 found name = 12, expected a text',
    'my.yaml:4:3 found unknown tile.rowz, expected one of rows, columns, array, input, adc, sampleHold, digital, buffer, train (did you mean rows?)',
    'my.yaml:5:9 found tile.rows = 0, expected a whole number from 1 to 4096',
    'my.yaml:6:19 found tile.array.readV = 0.2, expected a voltage with its unit, such as 0.2 V',
    'my.yaml:6:44 found tile.array.accessOhm.value = 2, expected a resistance with its unit, such as 2 kohm',
    'my.yaml:6:69 found tile.array.settleS = a mapping of value, expected a value, or { value: …, source: … }',
    'my.yaml:8:11 found tile.adc.kind = "saar", expected one of sar, flash, cco, ramp, charge-decrement, survey, neurosim-sar, fixed (did you mean sar?)',
    'my.yaml:9:11 found tile.adc.bits = 1, expected ideal or a whole number of bits from 2 to 16',
    'my.yaml:10:10 found tile.adc.mux = 200, expected at most the 128 output columns of a tile',
    'my.yaml:11:12 found tile.adc.range = NaN, expected a value from 0.001 to 100000',
    'my.yaml:13:10 found scratchpad.banks = 3, expected a power of two',
    expect.stringMatching(/^my.yaml:15:9 found device = cmo-hfxo, expected one of cmo-hfox, .*\(did you mean cmo-hfox\?\)$/),
  ]);
});

test.each([
  ['', 'my.yaml:1:1 found an empty file, expected a YAML document'],
  ['[1, 2]', 'my.yaml:1:1 found a list of 2, expected a mapping'],
  ['tile: 3', 'my.yaml:1:7 found tile = 3, expected a mapping'],
  ['extends: cmo-130', `my.yaml:1:10 found chip "cmo-130", expected one of ${presetNames.join(', ')} (did you mean cmo-130nm?)`],
  ['extends: 3', 'my.yaml:1:10 found extends = 3, expected a text'],
  [
    'tile: { adc: { bits: { value: 3, source: s, unit: x } } }',
    'my.yaml:1:51 found tile.adc.bits.unit = "x", expected value and source only',
  ],
])('%j is one clear error', (text, message) => {
  expect(messages(text)).toEqual([message]);
});

test('a byte order mark and CRLF change nothing', () => {
  expect(load('\uFEFFname: a\r\ntile: { rows: 128 }\r\n').description).toEqual(
    load('name: a\ntile: { rows: 128 }\n').description,
  );
});

test('a file and the same settings on the command line make the same chip', () => {
  const preset = chipPreset('cmo-130nm');
  fc.assert(
    fc.property(
      fc.integer({ min: 16, max: 512 }),
      fc.integer({ min: 2, max: 12 }),
      fc.integer({ min: 1, max: 900 }),
      (rows, bits, millivolts) => {
        const file = load(
          `extends: cmo-130nm\ntile: { rows: ${rows}, adc: { bits: ${bits} }, array: { readV: ${millivolts} mV } }\n`,
        );
        const varied = varyChip(preset, [`tile.rows=${rows}`, `tile.adc.bits=${bits}`, `tile.array.readV=${millivolts} mV`]).chip;
        expect(file).toEqual(varied);
      },
    ),
    { seed: 5, numRuns: 20 },
  );
});

test('whatever the text, only an InputError comes out', () => {
  fc.assert(
    fc.property(
      fc.string({ maxLength: 60 }),
      fc.constantFrom('', 'tile:\n  adc:\n    bits: ', 'device: ', 'extends: '),
      (text, before) => {
        try {
          load(before + text);
        } catch (error) {
          expect(error).toHaveProperty('name', 'InputError');
        }
      },
    ),
    { seed: 6, numRuns: 200 },
  );
});

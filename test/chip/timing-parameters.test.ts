import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chipPreset } from '../../src/chip/presets.ts';
import { partialSumBytes, timingParameters } from '../../src/chip/timing-parameters.ts';
import { varyChip } from '../../src/chip/vary.ts';
import { arbitraryChip } from './arbitrary-chip.ts';

const cell = { pulseSeconds: 1e-6, verifySeconds: 100e-9 };
const of = (name: string, ...settings: string[]) => timingParameters(varyChip(chipPreset(name), settings).chip.description, cell);

test('cmo-130nm: 264 ns read and eight conversions of 50 ns are 664 ns', () => {
  const p = of('cmo-130nm');
  expect(p).toMatchObject({ readPs: 264_000, conversionPs: 50_000, adcMux: 8, passes: 1, adcIntegrates: false });
  expect(p.readPs + p.adcMux * p.conversionPs).toBe(664_000);
  expect(p).toMatchObject({
    clockHz: 200e6,
    tileRows: 256,
    tileColumns: 256,
    gridRows: 8,
    gridColumns: 8,
    pulsePs: 1e6,
    verifyPs: 100_000,
  });
});

test('cmo-14nm: 137 ns with conversion inside and 3 ns readout are 140 ns', () => {
  const p = of('cmo-14nm');
  expect(p).toMatchObject({ readPs: 137_000, conversionPs: 3000, adcMux: 1, adcIntegrates: true, tileColumns: 512 });
  expect(p.readPs + p.conversionPs).toBe(140_000);
});

test('widths are bytes, bit-serial inputs take a pass per magnitude bit', () => {
  expect(of('cmo-130nm')).toMatchObject({
    spmWidthBytes: 32,
    bufferWidthBytes: 32,
    flitBytes: 16,
    partialBytes: 2,
    dramLatencyPs: 80_000,
  });
  expect(of('cmo-130nm', 'tile.input.coding=bit-serial')).toMatchObject({ passes: 7, readPs: 12_000 });
  expect(of('cmo-130nm', 'tile.input.coding=amplitude')).toMatchObject({ passes: 1, readPs: 12_000 });
});

test('the ideal chip keeps the time of cmo-130nm', () => {
  expect(of('ideal')).toEqual({ ...of('cmo-130nm'), partialBytes: 4 });
});

test('a partial sum holds code and scale', () => {
  expect(partialSumBytes(chipPreset('cmo-130nm').description)).toBe(2);
  expect(partialSumBytes(varyChip(chipPreset('cmo-130nm'), ['tile.adc.bits=9']).chip.description)).toBe(3);
});

test('whatever the chip: whole picoseconds, whole counts, nothing negative', () => {
  fc.assert(
    fc.property(arbitraryChip, ({ description }) => {
      for (const [name, value] of Object.entries(timingParameters(description, cell))) {
        if (typeof value !== 'number') continue;
        expect(value, name).toBeGreaterThanOrEqual(0);
        if (name !== 'clockHz' && name !== 'dramBytesPerSecond')
          expect(Number.isSafeInteger(value), `${name} ${value}`).toBe(true);
      }
    }),
    { seed: 9, numRuns: 100 },
  );
});

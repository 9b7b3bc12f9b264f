import { expect, test } from 'vitest';
import { bandsOf } from '../../src/chip/bands.ts';
import { chipPreset } from '../../src/chip/presets.ts';

const chip = chipPreset('cmo-130nm');
const bands = bandsOf(chip);
const at = (path: string) => bands.find((band) => band.path === path);

test('every assumed number has a band around its value, whole numbers a whole one', () => {
  expect(at('tile.adc.conversionS')).toMatchObject({ low: '25 ns', value: '50 ns', high: '100 ns' });
  expect(at('grid.rows')).toMatchObject({ low: '5', value: '8', high: '12' });
  expect(at('calibration.noc')).toMatchObject({ low: '0.5', value: '1', high: '2' });
  expect(new Set(bands.map(({ path }) => path)).size).toBe(bands.length);
});

test('what somebody measured has none', () => {
  expect(chip.sources['tile.adc.bits'].assumed).toBe(false);
  expect(at('tile.adc.bits')).toBeUndefined();
});

test('the converter goes from the optimistic to the pessimistic tool', () => {
  expect(Number(at('tile.adc.calibration')!.low)).toBeCloseTo(0.199, 3);
  expect(Number(at('tile.adc.calibration')!.high)).toBeCloseTo(3.98, 2);
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { peakFigures } from '../../src/chip/peak.ts';
import { chipPreset } from '../../src/chip/presets.ts';
import { varyChip } from '../../src/chip/vary.ts';
import { arbitraryChip } from './arbitrary-chip.ts';
import { relative } from './support.ts';

const bookkeeping = ['tile.array.accessOhm=0 ohm', 'overhead.appliesTo=everything'];

test.each([
  ['cmo-130nm', 664e-9, 13.5e-9, 0.099, 4.9, 20e-3],
  ['cmo-14nm', 140e-9, 19.4e-9, 0.936, 6.8, 139e-3],
])('%s at the bookkeeping settings', (name, seconds, joules, tops, topsPerWatt, watts) => {
  const peak = peakFigures(varyChip(chipPreset(name), bookkeeping).chip.description);
  expect(peak.mvmSeconds).toBeCloseTo(seconds, 13);
  expect(relative(peak.mvmJoules, joules)).toBeLessThan(0.02);
  expect(relative(peak.tileTops, tops)).toBeLessThan(0.01);
  expect(relative(peak.topsPerWatt, topsPerWatt)).toBeLessThan(0.02);
  expect(relative(peak.tileWatts, watts)).toBeLessThan(0.02);
  expect(peak.chipTops).toBeCloseTo(64 * peak.tileTops, 12);
});

test('near-zero weights: 9.3 and 10.1 TOPS/W', () => {
  const at = (name: string) =>
    peakFigures(varyChip(chipPreset(name), bookkeeping).chip.description, { inputActivity: 0.25, conductanceS: 17e-6 });
  expect(relative(at('cmo-130nm').topsPerWatt, 9.3)).toBeLessThan(0.02);
  expect(relative(at('cmo-14nm').topsPerWatt, 10.1)).toBeLessThan(0.02);
});

test('as shipped a tile spends less: access resistance on, no overhead on the heat of the cells', () => {
  const shipped = peakFigures(chipPreset('cmo-130nm').description);
  expect(shipped.mvmJoulesBy.cells).toBeLessThan(8.09e-9);
  expect(shipped.mvmJoules).toBeLessThan(13.5e-9);
});

test('parts add up and at least the heat of the cells is spent', () => {
  fc.assert(
    fc.property(arbitraryChip, ({ description }) => {
      const peak = peakFigures(description);
      expect(Object.values(peak.mvmJoulesBy).reduce((sum, part) => sum + part, 0)).toBe(peak.mvmJoules);
      expect(peak.mvmJoules).toBeGreaterThanOrEqual(peak.mvmJoulesBy.cells!);
      expect(relative(peak.topsPerWatt * peak.tileWatts, peak.tileTops)).toBeLessThan(1e-9);
    }),
    { seed: 11, numRuns: 60 },
  );
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { floorplan } from '../../src/chip/floorplan.ts';
import { chipPreset } from '../../src/chip/presets.ts';
import { tileArea } from '../../src/chip/tile-area.ts';
import { varyChip } from '../../src/chip/vary.ts';
import { arbitraryChip } from './arbitrary-chip.ts';
import { relative } from './support.ts';

const tileRows = ['crossbar', 'input-driver', 'sample-hold', 'adc', 'tile-digital', 'tile-buffer', 'train-generator'];

test.each([
  ['cmo-130nm', 1.1e-6, 105e-6],
  ['cmo-14nm', 0.62e-6, 46e-6],
])('%s: a tile near the published area, the die near the sum of its published parts', (name, tile, die) => {
  const plan = floorplan(chipPreset(name).description);
  expect(relative(plan.tile, tile)).toBeLessThan(0.05);
  expect(relative(plan.total, die)).toBeLessThan(0.1);
  expect(plan.tiles).toBe(64);
});

test('parts add up: rows to the die, tile rows to the tiles, shares to one', () => {
  fc.assert(
    fc.property(arbitraryChip, ({ description }) => {
      const { rows, total, tiles, tile } = floorplan(description);
      const sum = (of: typeof rows) => of.reduce((area, row) => area + row.area, 0);
      expect(sum(rows)).toBe(total);
      expect(relative(sum(rows.filter(({ component }) => tileRows.includes(component))), tiles * tile)).toBeLessThan(1e-9);
      expect(rows.reduce((share, row) => share + row.share, 0)).toBeCloseTo(1, 9);
      for (const { each, count, area } of rows) expect(each * count).toBeCloseTo(area, 15);
    }),
    { seed: 10, numRuns: 60 },
  );
});

test('tile area does not depend on how many tiles there are', () => {
  const { description } = chipPreset('cmo-130nm');
  expect(relative(tileArea({ ...description, grid: { rows: 1, columns: 1 } }), tileArea(description))).toBeLessThan(1e-12);
});

test('converters that do not fit behind their columns spread the array', () => {
  const plan = (...settings: string[]) => floorplan(varyChip(chipPreset('cmo-130nm'), settings).chip.description);
  const crossbar = ({ rows }: ReturnType<typeof plan>) => rows.find(({ component }) => component === 'crossbar')!.area;
  // eight pairs of 1.457 um
  expect(plan().pitch.availableM).toBeCloseTo(16 * Math.sqrt(2.12433e-12), 9);
  expect(plan().pitch.stretch).toBe(1);
  const wide = plan('tile.adc.leastWidthM=100 um');
  expect(crossbar(wide) / crossbar(plan())).toBeCloseTo(100e-6 / plan().pitch.availableM, 9);
  expect(wide.pitch.stretch).toBeGreaterThan(4);
});

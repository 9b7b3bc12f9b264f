import fc from 'fast-check';
import { expect, test } from 'vitest';
import { actionNames, type CostTable } from '../../src/chip/cost-table.ts';
import { costTableOf } from '../../src/chip/cost-table-of.ts';
import { chipPreset } from '../../src/chip/presets.ts';
import { varyChip } from '../../src/chip/vary.ts';
import { arbitraryChip } from './arbitrary-chip.ts';
import { relative } from './support.ts';

const energy = ({ components }: CostTable, component: keyof typeof actionNames, action: string): number =>
  components.find((row) => row.component === component)!.actions[action]!;

/** Energy of one MVM of a whole tile: counted actions, and V^2 G t |x| of every cell. */
function mvmJoules(name: string, conductanceS: number, columns: number, pulseSeconds: number, accesses: number): number {
  const { description } = varyChip(chipPreset(name), ['tile.array.accessOhm=0 ohm', 'overhead.appliesTo=everything']).chip;
  const costs = costTableOf(description);
  const cells = 256 * description.tile.columns * 0.2 ** 2 * conductanceS * 0.25 * pulseSeconds * costs.cellEnergyFactor;
  const rows = 256 * (energy(costs, 'crossbar', 'row-drive') + energy(costs, 'input-driver', 'row-read'));
  const perColumn =
    energy(costs, 'sample-hold', 'sample') + energy(costs, 'adc', 'convert') + energy(costs, 'tile-digital', 'column');
  return cells + rows + columns * perColumn + accesses * energy(costs, 'tile-buffer', 'access');
}

test('bookkeeping: one MVM at 48.6 uS and mean |x| = 0.25 costs 13.5 nJ at 130 nm and 19.4 nJ at 14 nm', () => {
  expect(relative(mvmJoules('cmo-130nm', 48.6e-6, 128, 254e-9, 12), 13.5e-9)).toBeLessThan(0.02);
  expect(relative(mvmJoules('cmo-14nm', 48.6e-6, 256, 127e-9, 16), 19.4e-9)).toBeLessThan(0.02);
});

test('and with near-zero weights (17 uS) 7.1 and 13.0 nJ', () => {
  expect(relative(mvmJoules('cmo-130nm', 17e-6, 128, 254e-9, 12), 7.1e-9)).toBeLessThan(0.02);
  expect(relative(mvmJoules('cmo-14nm', 17e-6, 256, 127e-9, 16), 13.0e-9)).toBeLessThan(0.02);
});

/** pJ at 130 nm before the post-layout factor, from the published breakdown of one MVM (nJ over its count). */
test.each([
  ['crossbar', 'row-drive', 0.22e3 / 256],
  ['input-driver', 'row-read', 0.62e3 / 256],
  ['sample-hold', 'sample', 0.38e3 / 128],
  ['adc', 'convert', 0.77e3 / 128],
  ['tile-digital', 'column', 0.47e3 / 128],
  ['tile-buffer', 'access', 0.5e3 / 12],
] as const)('130 nm %s.%s is %f pJ within rounding', (component, action, picojoules) => {
  const costs = costTableOf(chipPreset('cmo-130nm').description);
  expect(relative((energy(costs, component, action) / 1.22) * 1e12, picojoules)).toBeLessThan(0.025);
});

test('the network costs 1.5 pJ a bit and hop through routers at 130 nm', () => {
  const { description } = varyChip(chipPreset('cmo-130nm'), ['noc.hopMm=1 um']).chip;
  expect(relative(energy(costTableOf(description), 'noc', 'flit-hop') / 1.22 / 128, 1.47e-12)).toBeLessThan(0.01);
});

test('post-layout overhead multiplies circuits, never the cells as shipped, never DRAM', () => {
  const shipped = chipPreset('cmo-130nm');
  const bare = costTableOf(varyChip(shipped, ['overhead.postLayoutEnergy=1']).chip.description);
  const costs = costTableOf(shipped.description);
  expect(costs.cellEnergyFactor).toBe(1);
  expect(energy(costs, 'adc', 'convert') / energy(bare, 'adc', 'convert')).toBeCloseTo(1.22, 12);
  expect(energy(costs, 'dram', 'byte')).toBeCloseTo(64e-12, 20);
  expect(costTableOf(varyChip(shipped, ['overhead.appliesTo=everything']).chip.description).cellEnergyFactor).toBe(1.22);
});

test('whatever the chip: finite, non-negative, sums hold, every action is there', () => {
  fc.assert(
    fc.property(arbitraryChip, ({ description }) => {
      const table = costTableOf(description);
      for (const { component, actions, count, area, leakage } of table.components) {
        expect(Object.keys(actions)).toEqual(component === 'clock-tree' ? [] : [...actionNames[component]]);
        for (const value of [...Object.values(actions), count, area, leakage]) {
          expect(Number.isFinite(value) && value >= 0, `${component}: ${value}`).toBe(true);
        }
      }
      const sum = (of: 'area' | 'leakage') => table.components.reduce((total, row) => total + row[of], 0);
      expect(table.totalArea).toBe(sum('area'));
      expect(table.totalLeakage).toBe(sum('leakage'));
    }),
    { seed: 7, numRuns: 150 },
  );
});

test('more rows and columns: more area, no cheaper row', () => {
  const size = fc.integer({ min: 16, max: 1000 });
  fc.assert(
    fc.property(size, size, (rows, columns) => {
      const at = (r: number, c: number) =>
        costTableOf(varyChip(chipPreset('cmo-130nm'), [`tile.rows=${r}`, `tile.columns=${c}`]).chip.description);
      const base = at(rows, columns);
      expect(at(rows + 16, columns).totalArea).toBeGreaterThan(base.totalArea);
      expect(at(rows, columns + 16).totalArea).toBeGreaterThan(base.totalArea);
      expect(energy(at(rows, columns + 16), 'crossbar', 'row-drive')).toBeGreaterThan(energy(base, 'crossbar', 'row-drive'));
    }),
    { seed: 8, numRuns: 20 },
  );
});

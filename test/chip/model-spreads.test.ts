import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { costModels } from '../../src/chip/components/components.ts';
import { costTableOf } from '../../src/chip/cost-table-of.ts';
import { actionBands, energyBand, modelSpread } from '../../src/chip/model-spreads.ts';
import { chipPreset } from '../../src/chip/presets.ts';
import { varyChip } from '../../src/chip/vary.ts';
import { arbitraryChip } from './arbitrary-chip.ts';

const chipWith = (...settings: string[]) => varyChip(chipPreset('cmo-130nm'), settings).chip.description;

describe('bands where models disagree', () => {
  it('law: hold what the chip is charged, on any chip', () => {
    fc.assert(
      fc.property(arbitraryChip, ({ description }) => {
        const costs = costTableOf(description);
        for (const model of costModels)
          for (const { name, minimum, value, maximum } of actionBands(model, description)) {
            const charged = costs.components.find(({ component }) => component === model.component)!.actions[name]!;
            expect(value).toBeCloseTo(charged, 25);
            expect([minimum <= value, value <= maximum]).toEqual([true, true]);
          }
      }),
      { seed: 6, numRuns: 50 },
    );
  });

  it('are there for every block that costs energy, but for memories with one source', () => {
    const without = (...settings: string[]) => {
      const chip = chipWith(...settings);
      return costModels.filter((model) => Object.keys(model.actions).length > 0 && actionBands(model, chip).length === 0);
    };
    expect(without().map(({ component }) => component)).toEqual(['dram']);
    expect(without('dram.kind=hbm2')).toEqual([]);
  });

  it('follow the kind of memory', () => {
    expect(modelSpread('scratchpad', chipWith())).toMatchObject({ low: 0.72, high: 1.36 });
    expect(modelSpread('scratchpad', chipWith('scratchpad.kind=edram'))!.high).toBeCloseTo(1.19, 2);
    expect(modelSpread('dram', chipWith('dram.kind=hbm2'))!.high).toBeCloseTo(1.6, 2);
  });

  it('are wider where more is known of an action', () => {
    const band = (name: string, action: string) =>
      actionBands(costModels.find(({ component }) => component === name)!, chipWith()).find((found) => found.name === action)!;
    expect(band('vector-unit', 'multiply').maximum / band('vector-unit', 'multiply').value).toBeCloseTo(4.1, 9);
    expect(band('vector-unit', 'add').maximum / band('vector-unit', 'add').value).toBeCloseTo(1.3, 9);
    expect(band('scratchpad', 'write').maximum / band('scratchpad', 'read').value).toBeCloseTo(1.36 * 2.3, 9);
  });

  it('carry the post-layout factor and the calibration of their block', () => {
    const noc = costModels.find(({ component }) => component === 'noc')!;
    const [plain] = actionBands(noc, chipWith());
    const [twice] = actionBands(noc, chipWith('calibration.noc=2'));
    expect(twice!.maximum).toBeCloseTo(2 * plain!.maximum, 20);
    expect(plain!.maximum / plain!.minimum).toBeCloseTo(4, 9);
  });

  it('of a sum: every part at its end, converters from tool to tool, what has one source as it is', () => {
    const chip = chipWith();
    expect(energyBand({ noc: 2, dram: 3, 'clock-tree': 1 }, chip)).toEqual({
      minimum: 2 / 2 + 3 + 0.7,
      maximum: 2 * 2 + 3 + 1.3,
    });
    const { minimum, maximum } = energyBand({ adc: 1 }, chip);
    expect([minimum, maximum]).toEqual([expect.closeTo(0.199, 3), expect.closeTo(3.98, 2)]);
    expect(energyBand({ adc: 1 }, chipWith('tile.adc.kind=fixed'))).toEqual({ minimum: 1, maximum: 1 });
  });
});

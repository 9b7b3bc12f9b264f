import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ComponentName } from '../../src/chip/cost-table.ts';
import { costTableOf } from '../../src/chip/cost-table-of.ts';
import { presetNames } from '../../src/chip/preset-texts.ts';
import { chipPreset } from '../../src/chip/presets.ts';
import { assemble } from '../../src/isa/assemble.ts';
import { peakPower } from '../../src/simulate/peak-power.ts';
import { arbitraryChip } from '../chip/arbitrary-chip.ts';
import { chipWith } from '../compiler/support.ts';
import { simulate } from './small-experiment.ts';

const powerOf = (name: string, settings: readonly string[] = []) => {
  const chip = chipWith(name, settings);
  return peakPower(chip, costTableOf(chip));
};

describe('peak power', () => {
  it('is finite and no less than the leakage, whatever the chip', () => {
    fc.assert(
      fc.property(arbitraryChip, ({ description }) => {
        const costs = costTableOf(description);
        const peak = peakPower(description, costs);
        for (const { component, leakage } of costs.components) {
          expect(Number.isFinite(peak[component])).toBe(true);
          expect(peak[component]).toBeGreaterThanOrEqual(leakage);
        }
      }),
      { seed: 4, numRuns: 40 },
    );
  });

  it('of converters is count x energy / time, and their bias', () => {
    const { adc } = powerOf('isaac');
    // 16 128 converters of 2 mW, without bias of their own
    expect(adc).toBeCloseTo(16128 * 2e-3, 6);
  });

  it('grows with the clock where clocked, with the lanes where there are lanes', () => {
    const [base, fast, wide] = [
      powerOf('cmo-130nm'),
      powerOf('cmo-130nm', ['clock.frequencyHz=400 MHz']),
      powerOf('cmo-130nm', ['vector.lanes=32']),
    ];
    const clocked: readonly ComponentName[] = ['noc', 'scratchpad', 'vector-unit', 'accumulator', 'controller'];
    for (const name of clocked) expect(fast[name] / base[name], name).toBeCloseTo(2, 2);
    expect(fast.adc).toBe(base.adc);
    expect(wide['vector-unit'] / base['vector-unit']).toBeCloseTo(2, 2);
  });

  it.each(presetNames)('law: no component of %s draws more on average than its peak', (name) => {
    const text = readFileSync('workloads/programs/hello-mvm.oasm', 'utf8');
    const chip = { chip: chipPreset(name).description, assumptions: [] };
    const { power } = simulate(assemble(text, 'hello-mvm.oasm'), { chip });
    for (const [component, { average, peak }] of Object.entries(power!.byComponent!))
      expect(average, component).toBeLessThanOrEqual(peak * (1 + 1e-9));
  });
});

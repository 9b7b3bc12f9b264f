import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { componentNames } from '../../src/chip/cost-table.ts';
import type { Region } from '../../src/isa/program.ts';
import {
  energyReport,
  leakageRow,
  outsideLayers,
  phaseEnergy,
  phaseName,
  timeByPhase,
  toSeconds,
} from '../../src/simulate/energy-report.ts';
import type { TimingOutcome } from '../../src/timing/outcome.ts';

const regions: readonly Region[] = [
  { id: 5, kind: 'phase', name: 'evaluate' },
  { id: 6, kind: 'layer', name: 'fc1' },
  { id: 7, kind: 'layer', name: 'fc2' },
  { id: 8, kind: 'phase', name: 'program' },
];

const outcome = (
  dynamic: TimingOutcome['dynamic'],
  leakage: TimingOutcome['leakage'],
  phases: readonly (readonly [number, bigint])[],
): TimingOutcome => ({
  ...{
    ending: { ended: 'halted', exitCode: 0 },
    cycles: 0n,
    units: [],
    operations: 0,
    replayedOperations: 0,
    actions: {},
    events: 0,
  },
  picoseconds: phases.reduce((sum, [, time]) => sum + time, 0n),
  phasePs: new Map(phases),
  dynamic,
  leakage,
});

const joules = fc.double({ min: 0, max: 1e-3, noNaN: true });
const component = fc.constantFrom(...componentNames);
const entry = fc.record({ component, layer: fc.constantFrom(-1, 1, 2), phase: fc.constantFrom(-1, 0, 3), joules });
const times = fc.tuple(...[-1, 0, 3].map((phase) => fc.bigInt(1n, 10n ** 15n).map((time) => [phase, time] as const)));
const anyOutcome = fc
  .tuple(fc.array(entry, { maxLength: 30 }), fc.array(fc.record({ component, joules }), { maxLength: 13 }), times)
  .map(([dynamic, leakage, phases]) => outcome(dynamic, leakage, phases));

const sum = (breakdown: Readonly<Record<string, number>>): number =>
  Object.values(breakdown).reduce((total, each) => total + each, 0);

/** Relative error of sums of doubles in another order. */
const close = (found: number, wanted: number) => expect(Math.abs(found - wanted)).toBeLessThanOrEqual(1e-12 * Math.abs(wanted));

describe('energy report', () => {
  it('law: components, phases and layers each add up to the total', () => {
    fc.assert(
      fc.property(anyOutcome, (timing) => {
        const { total, dynamic, leakage, byComponent, byPhase, byLayer } = energyReport(timing, regions);
        for (const breakdown of [byComponent, byPhase, byLayer]) close(sum(breakdown), total);
        close(
          dynamic,
          timing.dynamic.reduce((all, each) => all + each.joules, 0),
        );
        close(
          leakage,
          timing.leakage.reduce((all, each) => all + each.joules, 0),
        );
        close(dynamic + leakage, total);
      }),
      { seed: 18 },
    );
  });

  it('law: the energies of all phases add up to the total, part by part', () => {
    fc.assert(
      fc.property(anyOutcome, (timing) => {
        const whole = energyReport(timing, regions);
        const parts = ['evaluate', 'program', 'idle'].map((phase) => phaseEnergy(timing, regions, phase));
        close(
          parts.reduce((all, part) => all + part.total, 0),
          whole.total,
        );
        for (const part of parts)
          for (const breakdown of [part.byComponent, part.byLayer, part.byPhase]) close(sum(breakdown), part.total);
      }),
      { seed: 19 },
    );
  });

  it('names regions and keeps what lies outside apart', () => {
    const timing = outcome(
      [
        { component: 'adc', layer: 1, phase: 0, joules: 3 },
        { component: 'dram', layer: -1, phase: -1, joules: 4 },
      ],
      [{ component: 'adc', joules: 8 }],
      [
        [0, 3_000n],
        [-1, 1_000n],
      ],
    );
    const { byComponent, byPhase, byLayer } = energyReport(timing, regions);
    expect(byComponent).toEqual({ adc: 11, dram: 4 });
    expect(byPhase).toEqual({ evaluate: 3 + 6, idle: 4 + 2 });
    expect(byLayer).toEqual({ fc1: 3, [outsideLayers]: 4, [leakageRow]: 8 });
    expect(phaseEnergy(timing, regions, 'evaluate').total).toBe(9);
    expect(phaseEnergy(timing, regions, 'forward').total).toBe(0);
  });

  it('gives time by phase, which adds up to the whole', () => {
    const timing = outcome(
      [],
      [],
      [
        [0, 3_000n],
        [3, 5_000n],
        [-1, 1_000n],
      ],
    );
    const byPhase = timeByPhase(timing, regions);
    expect(Object.keys(byPhase)).toEqual(['evaluate', 'program', 'idle']);
    expect(sum(byPhase)).toBeCloseTo(toSeconds(timing.picoseconds), 20);
    expect(toSeconds(1_000_000_000_000n)).toBe(1);
    expect([phaseName(regions, 3), phaseName(regions, -1)]).toEqual(['program', 'idle']);
  });

  it('of a run without time is zero', () => {
    expect(energyReport(outcome([], [], []), regions).total).toBe(0);
  });
});

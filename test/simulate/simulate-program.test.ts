import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { chipPreset } from '../../src/chip/presets.ts';
import { InputError } from '../../src/config/issue.ts';
import { assemble } from '../../src/isa/assemble.ts';
import { readProgram, writeProgram } from '../../src/isa/container.ts';
import { asJson } from '../../src/report/as-json.ts';
import { compileSmall, reproducible, simulate } from './small-experiment.ts';

const program = compileSmall('digits-mlp-inference');
const report = simulate(program);
const total = (parts: Readonly<Record<string, number>>): number => Object.values(parts).reduce((sum, part) => sum + part, 0);

describe('a simulated program', () => {
  it('gives the same bytes again, also from its file', () => {
    const again = readProgram(writeProgram(program), 'small.obin');
    expect(asJson(reproducible(simulate(again)))).toBe(asJson(reproducible(report)));
  });

  it('gives the same bytes whatever watches it', () => {
    const notes: string[] = [];
    const noisy = { stage: (name: string) => ({ update: (done: number) => void notes.push(`${name} ${done}`), done: () => {} }) };
    expect(asJson(reproducible(simulate(program, { progress: noisy, now: () => 1e6 * Math.sin(notes.length) })))).toBe(
      asJson(reproducible(report)),
    );
    expect(notes.length).toBeGreaterThan(0);
  });

  it('has parts of energy and area that add up to their totals', () => {
    const { energy, area } = report;
    for (const parts of [energy!.byComponent, energy!.byPhase, energy!.byLayer])
      expect(total(parts) / energy!.total).toBeCloseTo(1, 12);
    expect(energy!.dynamic + energy!.leakage).toBeCloseTo(energy!.total, 15);
    expect(total(area.byComponent) / area.total).toBeCloseTo(1, 12);
    expect(total(report.time!.byPhase) / report.time!.seconds).toBeCloseTo(1, 9);
  });

  it('keeps every unit busy for at most the whole time', () => {
    for (const busy of Object.values(report.time!.busyByUnit))
      expect(busy).toBeLessThanOrEqual(report.time!.seconds * (1 + 1e-9));
  });

  it('gives the energy of a sample with every model at its lowest and highest', () => {
    const { total: used, band } = report.energy!.perSample!;
    expect(band!.minimum).toBeLessThan(used);
    expect(band!.maximum).toBeGreaterThan(used);
  });

  it('spends at least the heat of the cells', () => {
    expect(report.energy!.byComponent.crossbar).toBeGreaterThan(0);
    expect(report.energy!.total).toBeGreaterThan(report.energy!.byComponent.crossbar!);
  });

  it('reports a row per age and instance', () => {
    expect(report.accuracy!.byAge.map(({ label }) => label)).toEqual(['1 s', '1 day', '10 years']);
    expect(report.accuracy!.byAge.every(({ perInstance }) => perInstance.length === 2)).toBe(true);
    expect(report.accuracy!.samples).toBe(60);
  });

  it('values fidelity gives the same accuracy and no time', () => {
    const values = simulate(program, { fidelity: 'values' });
    expect(values.accuracy).toEqual(report.accuracy);
    expect([values.time, values.energy, values.efficiency]).toEqual([undefined, undefined, undefined]);
  });

  it('timing fidelity stays within 5 % of full in time and energy of the evaluation', () => {
    const timing = simulate(program, { fidelity: 'timing' });
    expect(timing.accuracy).toBeUndefined();
    expect(timing.time!.secondsPerSample! / report.time!.secondsPerSample!).toBeCloseTo(1, 1);
    expect(Math.abs(timing.energy!.perSample!.total / report.energy!.perSample!.total - 1)).toBeLessThan(0.05);
    expect(Math.abs(timing.time!.secondsPerSample! / report.time!.secondsPerSample! - 1)).toBeLessThan(0.05);
  });

  it('names every assumed number it rests on', () => {
    expect(report.assumptions.count).toBe(report.assumptions.items.length);
    expect(report.assumptions.items.every(({ source }) => source.includes('assumed'))).toBe(true);
  });
});

describe('a hand-written program', () => {
  const text = readFileSync('workloads/programs/hello-mvm.oasm', 'utf8');
  const chip = { chip: chipPreset('cmo-130nm').description, assumptions: [] };

  it('runs on the chip it is given', () => {
    const hello = simulate(assemble(text, 'hello-mvm.oasm'), { chip });
    expect(hello.ending).toBe('halted');
    expect(hello.accuracy).toBeUndefined();
    expect(hello.operations!.total).toBe(2 * 2 * 4 * 3);
  });

  it('is refused with every mistake when it does not fit', () => {
    const wrong = text.replace('.group W0 tile=0', '.group W0 tile=64').replace('.spm  y 24', '.spm  y 24 at=16777000');
    expect(() => simulate(assemble(wrong, 'wrong.oasm'), { chip })).toThrow(InputError);
  });

  it('that reads data to branch traps without values, with its line', () => {
    const branching = text.replace(' HALT', ' BR.lt done, !hits, #1\n NOP\ndone: HALT');
    const timing = simulate(assemble(branching, 'branch.oasm'), { chip, fidelity: 'timing' });
    expect(timing.ending).toBe('trapped');
    expect(timing.warnings.join()).toMatch(/branch\.oasm:\d+: control flow depends on data/);
  });
});

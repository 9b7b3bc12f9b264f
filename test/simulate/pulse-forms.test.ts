import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { nodeFiles } from '../../src/cli/node-files.ts';
import { assemble } from '../../src/isa/assemble.ts';
import { silentProgress } from '../../src/simulate/progress.ts';
import { resolveChip } from '../../src/simulate/resolve-chip.ts';
import { simulateProgram } from '../../src/simulate/simulate-program.ts';

const program = assemble(readFileSync('workloads/programs/pulse-forms.oasm', 'utf8'), 'pulse-forms.oasm');
const run = (device: string, fidelity: 'full' | 'timing' = 'full') => {
  const chip = resolveChip('cmo-14nm', ['mapping.scheme=reference-cell'], nodeFiles, device);
  return simulateProgram(program, { chip, fidelity, progress: silentProgress, now: () => 0 });
};

test('one-shot programming, symmetry search, amplitude pulses and a constant row run in a program', () => {
  const report = run('cmo-hfox-train');
  expect(report.ending).toBe('halted');
  expect(report.activity.pulses).toBeGreaterThan(401 * 20);
  expect(report.activity.verifyReads).toBeGreaterThan(20);
  for (const phase of ['program', 'update', 'forward']) expect(report.energy!.byPhase[phase]).toBeGreaterThan(0);
});

test('and cost time without values', () => {
  const [full, timing] = [run('cmo-hfox-train'), run('cmo-hfox-train', 'timing')];
  expect(timing.ending).toBe('halted');
  // the slowest of twenty cells scatters; the trains are the same
  expect(timing.time!.seconds / full.time!.seconds).toBeGreaterThan(0.3);
  expect(timing.time!.seconds / full.time!.seconds).toBeLessThan(3);
  expect(timing.time!.seconds).toBeGreaterThan(401e-6);
});

test('a device without pulses traps with the reason', () => {
  const report = run('cmo-hfox');
  expect(JSON.stringify(report)).toMatch(/no pulse response/);
});

import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { chipDevice } from '../../src/chip/chip-device.ts';
import { chipPreset } from '../../src/chip/presets.ts';
import { varyChip } from '../../src/chip/vary.ts';
import type { CellBlock, CellModel } from '../../src/device/cell-model.ts';
import { cmoHfox } from '../../src/device/cmo-hfox.ts';
import { devices } from '../../src/device/devices.ts';
import { withFaults } from '../../src/device/faults.ts';
import { falconeForming, withForming } from '../../src/device/forming.ts';
import { hfox1t1r, hfoxSigma } from '../../src/device/hfox-1t1r.ts';
import { neurramSigma } from '../../src/device/neurram.ts';
import { driftExponent, pcm } from '../../src/device/pcm.ts';
import { parseDevice } from '../../src/device/user-device.ts';
import { createKernels } from '../../src/numeric/create-kernels.ts';
import { meanAndDeviation } from './statistics.ts';

const kernels = createKernels();

/** Conductances right after programming and at later ages, S. */
function live(device: CellModel, targetS: number, ages: readonly number[], fields: Partial<CellBlock> = {}, limit = 500) {
  const block = { chipSeed: 3, matrix: 0, row0: 0, column0: 0, rows: 1, columns: 400, device: 0, event: 0, ...fields };
  const count = block.rows * block.columns;
  const mark = kernels.mark();
  const [target, written, now] = [kernels.allocate(4 * count), kernels.allocate(4 * count), kernels.allocate(4 * count)];
  kernels.f32(target, count).fill(targetS);
  const outcome = device.program(kernels, written, target, block, 0.002, limit);
  const fresh = kernels.f32(written, count).slice();
  const aged = ages.map((seconds) => {
    device.age(kernels, now, written, block, seconds, false);
    return kernels.f32(now, count).slice();
  });
  kernels.release(mark);
  return { outcome, fresh, aged };
}

const inference = devices.filter(({ pulsed, kind }) => pulsed === undefined && kind !== 'ideal');

test('aged conductances never leave the window, and age 0 changes nothing', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...inference),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 9, noNaN: true }),
      fc.integer({ min: 0, max: 1e6 }),
      (device, share, decade, chipSeed) => {
        const target = device.minS + share * (device.maxS - device.minS);
        const { fresh, aged } = live(device, target, [0, 10 ** decade], { chipSeed, columns: 30 });
        expect(aged[0]).toEqual(fresh);
        for (const conductance of aged[1]!) {
          expect(conductance).toBeGreaterThanOrEqual(device.minS * (1 - 1e-6));
          expect(conductance).toBeLessThanOrEqual(device.maxS * (1 + 1e-6));
        }
      },
    ),
    { numRuns: 80, seed: 5 },
  );
});

test('drift is monotone in the mean: older cells of CMO/HfOx and PCM conduct less', () => {
  const ages = [1, 60, 3600, 86400, 3e8];
  for (const device of [cmoHfox, pcm]) {
    const target = device.minS + 0.6 * (device.maxS - device.minS);
    const means = live(device, target, ages, { columns: 2000 }).aged.map((cells) => meanAndDeviation([...cells]).mean);
    for (let age = 1; age < means.length; age++) expect(means[age]).toBeLessThan(means[age - 1]!);
  }
});

test('a cell without noise keeps its target', () => {
  const quiet = parseDevice(
    'name: quiet\nwindow: { min: 1 uS, max: 100 uS }\nprogramming: { error: { polynomial: [0] } }\nrelaxation: { mean: { polynomial: [0] }, spread: { polynomial: [0] } }\n',
    'quiet.yaml',
  );
  const { fresh, aged } = live(quiet, 37e-6, [1, 1e8]);
  for (const cells of [fresh, ...aged]) for (const conductance of cells) expect(conductance * 1e6).toBeCloseTo(37, 4);
});

test('programming errors are those of the fits', () => {
  for (const [device, target, sigma] of [
    [hfox1t1r, 150, hfoxSigma(150)],
    [pcm, 12.5, 0.26348 + 1.965 / 2 - 1.1731 / 4],
  ] as const) {
    const { fresh } = live(device, target * 1e-6, [], { columns: 20_000 });
    const { mean, deviation } = meanAndDeviation(Array.from(fresh, (value) => value * 1e6));
    // 20 000 cells: standard error of sigma 0.5 %
    expect(Math.abs(deviation / sigma - 1)).toBeLessThan(0.025);
    expect(Math.abs(mean - target)).toBeLessThan(0.04 * sigma);
  }
  expect(hfoxSigma(100)).toBeCloseTo(3.8716, 4);
});

test('NeuRRAM spreads follow the fits at their times and rest in between and after', () => {
  const at = (u: number, c: readonly number[]) => c.reduce((sum, value, power) => sum + value * u ** power, 0);
  expect(neurramSigma(20, 1)).toBeCloseTo(at(0.5, [0.348, 16.03, -43.853, 45.393, -16.815]), 9);
  expect(neurramSigma(20, 86400)).toBeCloseTo(at(0.5, [0.701, 22.086, -50.773, 47.095, -16.458]), 9);
  expect(neurramSigma(20, 3e8)).toBe(neurramSigma(20, 2 * 86400));
  expect(neurramSigma(20, 300)).toBeGreaterThan(neurramSigma(20, 1));
});

test('PCM drift exponents stay in the published bounds', () => {
  expect(driftExponent(25, 0)).toBeCloseTo(0.049, 9);
  expect(driftExponent(1e-9, 0)).toBeCloseTo(0.1, 9);
  expect(driftExponent(25, -100)).toBeGreaterThan(0);
});

test('stuck cells keep one conductance whatever is done, and count as failed', () => {
  const faulty = withFaults(cmoHfox, { stuckLow: 0.1, stuckHigh: 0.1, corrupt: 0.2 });
  const runs = [30e-6, 60e-6].map((target, event) => live(faulty, target, [3600], { columns: 5000, event }));
  const kept = [...runs[0]!.fresh.keys()].filter((cell) => runs[0]!.aged[0]![cell] === runs[1]!.aged[0]![cell]);
  // 40 % of 5000: standard deviation 35
  expect(Math.abs(kept.length - 2000)).toBeLessThan(140);
  for (const cell of kept) expect(runs[0]!.outcome.pulses[cell]).toBe(500);
  expect(runs[0]!.outcome.failed).toBeGreaterThanOrEqual(kept.length);
  expect(kept.filter((cell) => Math.abs(runs[0]!.fresh[cell]! - 9e-6) < 1e-12).length).toBeGreaterThan(400);
  expect(withFaults(cmoHfox, { stuckLow: 0, stuckHigh: 0, corrupt: 0 })).toBe(cmoHfox);
  expect(() => withFaults(cmoHfox, { stuckLow: 0.6, stuckHigh: 0.6, corrupt: 0 })).toThrow(
    'faults add up to 1.2; want at most 1',
  );
});

test('forming adds its ramp to the first programming only', () => {
  const fresh = withForming(cmoHfox);
  const [plain, formed, later] = [live(cmoHfox, 50e-6, []), live(fresh, 50e-6, []), live(fresh, 50e-6, [], { event: 1 })];
  expect(formed.fresh).toEqual(plain.fresh);
  const added = formed.outcome.pulses.map((count, cell) => count - plain.outcome.pulses[cell]!);
  const rungs = (falconeForming.formV - falconeForming.startV) / falconeForming.stepV;
  expect(Math.min(...added)).toBeGreaterThanOrEqual(rungs - 2);
  expect(Math.max(...added)).toBeLessThanOrEqual(rungs + 5);
  expect(formed.outcome.pulseJoules).toBeGreaterThan(plain.outcome.pulseJoules);
  expect(later.outcome.pulses).toEqual(live(cmoHfox, 50e-6, [], { event: 1 }).outcome.pulses);
});

test('a chip chooses depth, faults and forming of its cells', () => {
  const cellOf = (...settings: string[]) => chipDevice(varyChip(chipPreset('cmo-130nm'), settings).chip.description);
  expect(cellOf()).toBe(cmoHfox);
  expect(live(cellOf('tile.array.programming=pulses'), 50e-6, []).outcome.verifyReads).toBeGreaterThan(0);
  expect(live(cellOf('tile.array.programming=statistical'), 50e-6, []).outcome.verifyReads).toBeGreaterThan(0);
  expect(live(cellOf('tile.array.stuckFraction=1'), 50e-6, []).outcome.failed).toBe(400);
  expect(live(cellOf('tile.array.forming=true'), 50e-6, []).outcome.pulseJoules).toBeGreaterThan(
    live(cmoHfox, 50e-6, []).outcome.pulseJoules,
  );
  expect(() => cellOf('device=pcm', 'tile.array.programming=pulses')).toThrow(
    'expected published, because programming of pcm is not simulated pulse by pulse',
  );
});

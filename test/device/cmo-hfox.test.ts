import { expect, test } from 'vitest';
import type { CellBlock, CellModel } from '../../src/device/cell-model.ts';
import { cmoHfox, createCmoHfox, frozenReadSigma, programmingSigma, relaxation } from '../../src/device/cmo-hfox.ts';
import { createKernels } from '../../src/numeric/create-kernels.ts';
import { meanAndDeviation } from './statistics.ts';

const kernels = createKernels();
const unclamped = createCmoHfox({ minS: 8e-6, maxS: 90e-6, clamp: false });

const block = (rows: number, columns: number, fields: Partial<CellBlock> = {}): CellBlock => ({
  ...{ chipSeed: 3, matrix: 0, row0: 0, column0: 0, rows, columns, device: 0, event: 0 },
  ...fields,
});

/** Errors in uS of cells programmed to g uS, and what `seconds` leave of them. */
function programmed(device: CellModel, g: number, at: CellBlock, tolerance = 0.002, seconds = 0, frozen = false) {
  const count = at.rows * at.columns;
  const mark = kernels.mark();
  const [target, written, now] = [kernels.allocate(4 * count), kernels.allocate(4 * count), kernels.allocate(4 * count)];
  kernels.f32(target, count).fill(g * 1e-6);
  const outcome = device.program(kernels, written, target, at, tolerance, 500);
  device.age(kernels, now, written, at, seconds, frozen);
  const micro = (pointer: number) => Array.from(kernels.f32(pointer, count), (s) => s * 1e6);
  const result = { outcome, written: micro(written), now: micro(now) };
  kernels.release(mark);
  return result;
}

test('the programming error has the published mean and deviation at both acceptances', () => {
  for (const [g, tolerance, sigma] of [
    [9, 0.002, 0.0104301],
    [50, 0.002, 0.0542506],
    [50, 0.02, 0.575732],
  ] as const) {
    expect(programmingSigma(g, tolerance)).toBeCloseTo(sigma, 5);
    const { mean, deviation } = meanAndDeviation(programmed(cmoHfox, g, block(200, 200), tolerance).written);
    // 40 000 cells: standard errors 0.5 % of sigma for the mean, 0.35 % for sigma
    expect(Math.abs(mean - g)).toBeLessThan(0.02 * sigma);
    expect(Math.abs(deviation / sigma - 1)).toBeLessThan(0.015);
  }
});

test('other acceptances follow the uniform band within 8 % of the fits', () => {
  for (const tolerance of [0.002, 0.02])
    expect(programmingSigma(50, tolerance * 1.0001) / programmingSigma(50, tolerance)).toBeCloseTo(1, 1);
  expect(programmingSigma(50, 0.01)).toBeCloseTo((0.96 * 0.01 * 50) / Math.sqrt(3), 6);
});

test('relaxation uses the natural logarithm and counts less than a second as one', () => {
  expect(relaxation(3600).mean).toBeCloseTo(-0.7288, 3);
  expect(relaxation(3600).spread).toBeCloseTo(0.7558, 3);
  expect(relaxation(1e-5)).toEqual(relaxation(1));
});

test('40 000 cells shift by -0.73 uS in one hour, with the published spread', () => {
  const { written, now } = programmed(unclamped, 50, block(200, 200), 0.002, 3600);
  const { mean, deviation } = meanAndDeviation(now.map((g, i) => g - written[i]!));
  expect(Math.abs(mean + 0.729)).toBeLessThan(0.73 * 0.03);
  expect(Math.abs(deviation / 0.756 - 1)).toBeLessThan(0.015);
});

test('ageing follows one trajectory: ranks stay, and age 0 copies', () => {
  const at = block(10, 10);
  const [fresh, hour, year] = [0, 3600, 3.15e7].map((seconds) => programmed(unclamped, 50, at, 0.002, seconds));
  expect(fresh!.now).toEqual(fresh!.written);
  const shift = (aged: typeof fresh) => aged!.now.map((g, i) => g - aged!.written[i]!);
  const order = (values: number[]) => values.map((_, i) => i).sort((a, b) => values[a]! - values[b]!);
  expect(order(shift(year))).toEqual(order(shift(hour)));
});

test('frozen read noise has the published size', () => {
  for (const [g, seconds, sigma] of [
    [9, 1, 0.096],
    [50, 3600, 0.218],
    [88, 315_360_000, 0.308],
  ] as const)
    expect(frozenReadSigma(g, seconds)).toBeCloseTo(sigma, 3);
  expect(frozenReadSigma(0.5, 1)).toBe(0);
  const quiet = programmed(unclamped, 50, block(200, 200), 0.002, 3600, false).now;
  const noisy = programmed(unclamped, 50, block(200, 200), 0.002, 3600, true).now;
  const { deviation } = meanAndDeviation(noisy.map((g, i) => g - quiet[i]!));
  expect(Math.abs(deviation / 0.218 - 1)).toBeLessThan(0.02);
});

test('aged cells stay inside the window', () => {
  for (const g of [9, 88.2]) {
    const { now } = programmed(cmoHfox, g, block(30, 30), 0.02, 3e8, true);
    expect(Math.min(...now)).toBeGreaterThan(8.99999);
    expect(Math.max(...now)).toBeLessThan(88.20001);
  }
});

test('pulses have the published means, and energy follows them', () => {
  for (const [tolerance, mean] of [
    [0.002, 89],
    [0.02, 11],
  ] as const) {
    expect(cmoHfox.meanPulses(tolerance)).toBeCloseTo(mean, 9);
    const { outcome } = programmed(cmoHfox, 55, block(200, 200), tolerance);
    const total = outcome.pulses.reduce((sum, pulses) => sum + pulses, 0);
    expect(Math.abs(total / 40_000 / mean - 1)).toBeLessThan(0.03);
    expect(outcome.pulseJoules / (total * 0.39e-9)).toBeCloseTo(1, 5);
  }
  expect(cmoHfox.meanPulses(0.9)).toBe(1);
});

test('cells beyond the limit are counted as failed', () => {
  const { outcome } = programmed(cmoHfox, 55, block(200, 200));
  const expected = 40_000 * (1 - 1 / 89) ** 500;
  expect(Math.max(...outcome.pulses)).toBe(500);
  expect(Math.abs(outcome.failed - expected)).toBeLessThan(4 * Math.sqrt(expected));
});

test('draws depend on logical position, device, matrix, event and chip, not on how a matrix is cut', () => {
  const whole = programmed(cmoHfox, 50, block(6, 8), 0.02, 60, true).now;
  const part = programmed(cmoHfox, 50, block(3, 4, { row0: 2, column0: 3 }), 0.02, 60, true).now;
  for (let r = 0; r < 3; r++) expect(part.slice(4 * r, 4 * r + 4)).toEqual(whole.slice(8 * (r + 2) + 3, 8 * (r + 2) + 7));
  for (const other of [{ device: 1 }, { matrix: 1 }, { event: 1 }, { chipSeed: 4 }]) {
    expect(programmed(cmoHfox, 50, block(6, 8, other), 0.02).written).not.toEqual(
      programmed(cmoHfox, 50, block(6, 8), 0.02).written,
    );
  }
});

test('every number names its source', () => {
  for (const { source, doc } of cmoHfox.parameters) expect(source.length * doc.length).toBeGreaterThan(0);
  for (const { tag, source } of cmoHfox.parameters) expect(source.includes('assumed')).toBe(tag === 'assumed');
});

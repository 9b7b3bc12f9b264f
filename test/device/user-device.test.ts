import { expect, test } from 'vitest';
import { deviceSchema } from '../../src/device/device-file.ts';
import { parseDevice } from '../../src/device/user-device.ts';
import { createKernels } from '../../src/numeric/create-kernels.ts';
import { meanAndDeviation } from './statistics.ts';

const full = `name: my-cell
doc: a test
window: { min: 10 uS, max: 100 uS }
read: { voltage: 0.1 V, noise: 0.5 uS }
pulse: { seconds: 60 ns, verify: 100 ns, voltage: 1.6 V, energy: 38 pJ }
programming: { error: { at: [10, 100], value: [0.1, 1] }, pulses: 12 }
relaxation: { mean: { polynomial: [0, -0.1] }, spread: { at: [0, 20], value: [0.4, 1.4] } }
steps: { conductance: [10, 100], up: [6, 0], down: [0, -6], noise: 0.5, floor: 0.2, spread: 0.1 }
levels: 16
faults: { stuckHigh: 0.1 }
`;

test('a device file becomes a cell with its numbers', () => {
  const device = parseDevice(full, 'my.yaml');
  expect(device).toMatchObject({ kind: 'my-cell', readV: 0.1, pulseSeconds: 60e-9, verifySeconds: 1e-7, levels: 16 });
  expect(device.maxS).toBeCloseTo(1e-4, 12);
  expect(device.pulseJoules(1e-5)).toBe(38e-12);
  expect(device.meanPulses(0.01)).toBe(12);
  expect(device.parameters.find(({ name }) => name === 'window.min')).toMatchObject({ value: 1e-5, unit: 'S', tag: 'user' });
  expect(device.simulated).toHaveLength(1);
});

test('its laws are followed: error by table, relaxation by logarithm of time', () => {
  const device = parseDevice(full.replace(/faults.*\n/, ''), 'my.yaml');
  const kernels = createKernels();
  const count = 20_000;
  const [target, written, now] = [kernels.allocate(4 * count), kernels.allocate(4 * count), kernels.allocate(4 * count)];
  kernels.f32(target, count).fill(55e-6);
  const block = { chipSeed: 1, matrix: 0, row0: 0, column0: 0, rows: 1, columns: count, device: 0, event: 0 };
  device.program(kernels, written, target, block, 0.002, 500);
  device.age(kernels, now, written, block, Math.exp(10), false);
  const micro = (at: number) => Array.from(kernels.f32(at, count), (value) => value * 1e6);
  const error = meanAndDeviation(micro(written));
  // 20 000 cells: standard errors 0.7 % of sigma and 0.5 %
  expect(Math.abs(error.mean - 55)).toBeLessThan(0.03 * 0.55);
  expect(Math.abs(error.deviation / 0.55 - 1)).toBeLessThan(0.025);
  const fresh = micro(written);
  const shift = meanAndDeviation(micro(now).map((value, cell) => value - fresh[cell]!));
  expect(Math.abs(shift.mean + 1)).toBeLessThan(0.03);
  expect(Math.abs(shift.deviation / 0.9 - 1)).toBeLessThan(0.025);
});

test('low-frequency noise is drawn once for a programming event', () => {
  const device = parseDevice(
    'name: noisy\nwindow: { min: 0 S, max: 100 uS }\nread: { lowFrequency: { at: [0, 100], value: [0, 2] } }\nprogramming: { error: { polynomial: [0] } }\n',
    'n.yaml',
  );
  const kernels = createKernels();
  const count = 20_000;
  const [written, now] = [kernels.allocate(4 * count), kernels.allocate(4 * count)];
  kernels.f32(written, count).fill(50e-6);
  const block = { chipSeed: 1, matrix: 0, row0: 0, column0: 0, rows: 1, columns: count, device: 0, event: 0 };
  const read = (seconds: number, frozen: boolean) => {
    device.age(kernels, now, written, block, seconds, frozen);
    return Array.from(kernels.f32(now, count), (value) => value * 1e6);
  };
  expect(new Set(read(1, false)).size).toBe(1);
  const once = read(1, true);
  // 20 000 cells: standard error of the deviation 0.5 %
  expect(Math.abs(meanAndDeviation(once).deviation - 1)).toBeLessThan(0.02);
  expect(read(1000, true)).toEqual(once);
});

test('every mistake is named where it stands', () => {
  const wrong = full
    .replace('min: 10 uS', 'min: 10 V')
    .replace('up: [6, 0]', 'up: [6]')
    .replace('levels', 'levles')
    .replace('energy: 38 pJ', 'energy: lots');
  const mistakes = () => parseDevice(wrong, 'my.yaml');
  expect(mistakes).toThrow(/my\.yaml:3:\d+ found window\.min = "10 V", expected .*the unit V does not measure/);
  expect(mistakes).toThrow(/my\.yaml:9:1 found unknown levles, .*did you mean levels\?/);
  expect(mistakes).toThrow(/my\.yaml:5:\d+ found pulse\.energy = "lots"/);
  expect(() => parseDevice(full.replace('up: [6, 0]', 'up: [6]'), 'my.yaml')).toThrow(
    'as many steps up and down as conductances',
  );
  expect(() => parseDevice('name: x\nwindow: { min: 2 uS, max: 1 uS }\nprogramming: { pulses: 3 }\n', 'a.yaml')).toThrow(
    /a maximum above the minimum/,
  );
  expect(deviceSchema.safeParse({ name: 'x', window: { min: '1 uS', max: '2 uS' } }).success).toBe(false);
});

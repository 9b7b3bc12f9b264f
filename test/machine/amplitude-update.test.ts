import { describe, expect, test } from 'vitest';
import { ideal } from '../../src/device/ideal.ts';
import { stepAtVoltage, voltageOfStep } from '../../src/machine/write-drop.ts';
import { pulsedBench, pulsedDevice, pulsedGroup } from './pulsed-bench.ts';

const step = 0.001;
const x = [1, 0.5, -0.25, 0];
const d = [1, -0.3, 0];

/** Weights, activity after one amplitude-coded update of cells at 0. */
function update(scale: number, csrs: object = {}, device = pulsedDevice({ granularity: step })) {
  const bench = pulsedBench(device);
  const group = pulsedGroup(4, 3, csrs);
  bench.program(group, new Float32Array(12));
  const activity = bench.update(group, scale, x, d, { fn: 'amplitude' });
  return { weights: bench.weights(), activity, pulses: bench.machine.endurance(0) };
}

test('the voltage of a step is the inverse of the step at a voltage', () => {
  for (const v of [0.55, 0.7, 0.83, 0.96, 1]) expect(voltageOfStep(stepAtVoltage(v))).toBeCloseTo(v, 12);
  expect(voltageOfStep(0)).toBe(0.5);
});

describe('one pulse of coded amplitude', () => {
  const { weights, activity } = update(step);
  const at = (r: number, c: number) => weights[3 * r + c]! / step;

  test('gives lines at full amplitude the steps of the other line', () => {
    expect(at(0, 0)).toBeCloseTo(1, 6);
    expect(at(1, 0)).toBeCloseTo(0.5, 2);
    expect(at(0, 1)).toBeCloseTo(-0.3, 1);
    expect(at(2, 0)).toBeCloseTo(-0.25, 1);
  });

  test('gives two reduced lines less than their product, with its sign', () => {
    expect(at(1, 1)).toBeLessThan(-0.08);
    expect(at(1, 1)).toBeGreaterThan(-0.15);
    expect(at(2, 1)).toBeGreaterThan(0.02);
    expect(at(2, 1)).toBeLessThan(0.075);
  });

  test('leaves lines without a value alone, and pulses every other cell once', () => {
    for (const [r, c] of [
      [3, 0],
      [0, 2],
      [3, 2],
    ] as const)
      expect(at(r, c)).toBe(0);
    expect(activity.pulses).toBe(6);
    expect(activity.trainBits).toBe(0);
  });

  test('takes one slot a sign phase; heat goes with the square of the voltage', () => {
    expect([...activity.pulseSlots!]).toEqual([4]);
    const full = 6 * 2 ** -15 * 1e-6;
    expect(activity.pulseJoules).toBeLessThan(full);
    expect(activity.pulseJoules).toBeGreaterThan(0.5 * full);
  });
});

test('no product makes more than one step, and small ones shrink with the scale', () => {
  expect(update(10 * step).weights[0]! / step).toBeCloseTo(1, 6);
  expect(update(step / 4).weights[0]! / step).toBeCloseTo(0.25, 1);
  expect(update(0).activity.pulses).toBe(0);
});

test('IR drop on the write path adds to what the lines leave out; a current limit splits slots', () => {
  const hot = { ...pulsedDevice({ granularity: step, pulseV: 1.35 }), pulseJoules: () => 50e-9, pulseSeconds: 1e-6 };
  expect(update(step, { writeDrop: true }, hot).weights[0]!).toBeLessThan(0.99 * update(step, {}, hot).weights[0]!);
  expect(update(step, { lineLimit: 1 }).activity.pulseSlots![0]!).toBeGreaterThan(4);
});

test('half the voltage disturbs cells that only one line selects', () => {
  const disturb = { up: 0.1, down: 0.1, spread: 0 };
  const { activity } = update(step, { updateScheme: 'half-v' }, pulsedDevice({ granularity: step, disturb }));
  expect(activity.halfSelects).toBeGreaterThan(0);
});

test('ideal cells take the outer product itself, in one slot a phase', () => {
  const { weights, activity } = update(0.5, {}, ideal);
  for (const [i, weight] of weights.entries()) expect(weight).toBeCloseTo(0.5 * x[Math.floor(i / 3)]! * d[i % 3]!, 6);
  expect([...activity.pulseSlots!]).toEqual([4]);
});

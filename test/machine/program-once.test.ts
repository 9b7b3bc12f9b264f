import { describe, expect, test } from 'vitest';
import type { CellModel } from '../../src/device/cell-model.ts';
import { cmoHfox } from '../../src/device/cmo-hfox.ts';
import { deviceNamed } from '../../src/device/devices.ts';
import { ideal } from '../../src/device/ideal.ts';
import { moments } from '../../src/numeric/moments.ts';
import { pulsedBench, pulsedDevice, pulsedGroup } from './pulsed-bench.ts';
import { dram, operation, uniforms } from './support.ts';

const [rows, columns] = [12, 10];
const targets = uniforms(4, rows * columns).map((weight) => 0.8 * weight);

function programmed(device: CellModel, csrs: object = {}, { before = false, flags = [] as string[], fn = 'one-shot' } = {}) {
  const bench = pulsedBench(device);
  const group = pulsedGroup(rows, columns, { mapping: 'reference-cell', ...csrs });
  if (before) bench.program(group, uniforms(5, rows * columns));
  bench.machine.writeDram(0, new Uint8Array(Float32Array.from(targets).buffer));
  const activity = bench.machine.execute(operation('PRG', { fn, flags, group, a: dram(0), length: rows }));
  const errors = [...bench.weights()].map((weight, at) => weight - targets[at]!);
  return { bench, group, activity, spread: moments(errors).deviation, errors };
}

const steps = { granularity: 0.02 };

describe('PRG.one-shot', () => {
  test.each([false, true])('brings cells that are all alike within half a step (programmed before: %s)', (before) => {
    for (const error of programmed(pulsedDevice(steps), {}, { before }).errors) expect(Math.abs(error)).toBeLessThan(0.0101);
  });

  test('follows a curved response: soft bounds take more pulses near them', () => {
    const soft = pulsedDevice({ ...steps, slopeUp: 1, slopeDown: 1 });
    for (const error of programmed(soft, { mapping: 'digital-offset' }).errors) expect(Math.abs(error)).toBeLessThan(0.03);
  });

  test('keeps the spread of cells and pulses, which verify reads take away', () => {
    const device = deviceNamed('cmo-hfox-train');
    const [once, verified] = [programmed(device), programmed(device, {}, { fn: 'verify' })];
    expect(once.spread).toBeGreaterThan(3 * verified.spread);
    expect(once.spread).toBeLessThan(0.5);
    expect(once.activity.pulses / (rows * columns)).toBeGreaterThan(5);
  });

  test('reads nothing once references stand; erasing takes one slot a pulse for all cells', () => {
    const [first, again] = [programmed(pulsedDevice(steps)), programmed(pulsedDevice(steps), {}, { before: true })];
    expect(first.activity.verifyReads).toBeGreaterThan(0);
    expect(again.activity).toMatchObject({ verifyReads: 0, readJoules: 0, programSteps: undefined, failedCells: 0 });
    const erasing = 100;
    expect(again.activity.pulseSlots![0]).toBeGreaterThan(erasing + rows);
    expect(again.activity.pulses).toBeGreaterThan(erasing * rows * columns);
    expect(again.activity.pulseJoules).toBeGreaterThan(0);
    expect(again.bench.machine.endurance(0).meanPulses).toBeGreaterThan(erasing);
  });

  test('is free where it is asked to be', () => {
    const { activity, errors } = programmed(pulsedDevice(steps), {}, { flags: ['FREE'] });
    expect(activity).toMatchObject({ readJoules: 0, pulseJoules: 0, linePulses: 0, pulseSlots: undefined });
    expect(Math.abs(errors[0]!)).toBeLessThan(0.0101);
  });

  test('writes ideal cells exactly, with one pulse each', () => {
    const { activity, errors } = programmed(ideal);
    expect(errors.every((error) => Math.abs(error) < 1e-6)).toBe(true);
    expect(activity.pulses).toBe(2 * rows * columns);
    expect(activity.pulseSlots![0]).toBeGreaterThan(0);
  });

  test('traps where the device or the mapping has no pulses', () => {
    expect(() => programmed(cmoHfox)).toThrow('no pulse response');
    expect(() => programmed(pulsedDevice(steps), { mapping: 'differential-pair' })).toThrow('mapping differential-pair');
  });
});

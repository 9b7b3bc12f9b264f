import { expect, test } from 'vitest';
import { stepAtVoltage } from '../../src/machine/write-drop.ts';
import { pulsedBench, pulsedDevice, pulsedGroup } from './pulsed-bench.ts';

test('steps shrink steeply with the voltage that is left', () => {
  expect(stepAtVoltage(1)).toBe(1);
  expect(stepAtVoltage(0.95)).toBeCloseTo(0.33, 12);
  expect(stepAtVoltage(0.975)).toBeCloseTo(Math.sqrt(0.33), 12);
  expect(stepAtVoltage(0.3)).toBeCloseTo(2.1e-8, 12);
});

test('cells far from the drivers lose most of their steps; a current limit gives them back', () => {
  const device = { ...pulsedDevice({ pulseV: 1.35 }), pulseJoules: () => 0.39e-9, pulseSeconds: 1e-6 };
  const run = (writeDrop: boolean, lineLimit: number) => {
    const bench = pulsedBench(device);
    const group = pulsedGroup(64, 64, { writeDrop, lineLimit });
    bench.program(group, new Float32Array(64 * 64));
    const ones = new Float32Array(64).fill(1);
    bench.update(group, 0.01, ones, ones);
    return bench.weights();
  };
  const full = run(false, 0);
  const dropped = run(true, 0);
  expect(full[64 * 64 - 1]).toBeCloseTo(0.01, 6);
  expect(dropped[0]).toBeGreaterThan(0.008);
  expect(dropped[64 * 64 - 1]!).toBeLessThan(0.5 * dropped[0]!);
  expect(run(true, 2)[64 * 64 - 1]!).toBeGreaterThan(2 * dropped[64 * 64 - 1]!);
});

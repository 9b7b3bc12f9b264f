import { expect, test } from 'vitest';
import { cmoHfox } from '../../src/device/cmo-hfox.ts';
import { deviceNamed } from '../../src/device/devices.ts';
import { moments } from '../../src/numeric/moments.ts';
import { pulsedBench, pulsedDevice, pulsedGroup } from './pulsed-bench.ts';
import { dram, operation, uniforms, value } from './support.ts';

const soft = { granularity: 0.05, slopeUp: 1, slopeDown: 1, upDown: -0.3, upperSpread: 0.1, lowerSpread: 0.1 };
const prg = (fn: string, group: ReturnType<typeof pulsedGroup>, pairs = 0) =>
  operation('PRG', { fn, group, a: dram(0), b: value(pairs), length: group.rows });

test('alternating pulses bring every cell to the point where they cancel, which zero-shift then calls 0', () => {
  const bench = pulsedBench(pulsedDevice(soft));
  const group = pulsedGroup(8, 8, { mapping: 'reference-cell' });
  bench.program(group, uniforms(1, 64));
  const reset = bench.machine.execute(prg('reset-to-symmetry', group, 300));
  expect(reset).toMatchObject({ pulses: 600 * 64, pulseSlots: Float64Array.of(600), linePulses: 600 * 16 });
  expect(moments([...bench.weights()]).mean).toBeLessThan(-0.1);
  const shift = bench.machine.execute(prg('zero-shift', group));
  expect(shift.pulses).toBeGreaterThan(0);
  // half a step above and below: the last pulse was a down pulse
  for (const w of bench.weights()) expect(Math.abs(w)).toBeLessThan(0.04);
  bench.program(
    group,
    uniforms(2, 64).map((w) => w / 4),
  );
  for (const [i, w] of bench.weights().entries()) expect(w).toBeCloseTo(uniforms(2, 64)[i]! / 4, 5);
});

test('the reference keeps the error of its device', () => {
  const bench = pulsedBench({ ...pulsedDevice({ ...soft, referenceNoise: 0.05 }) });
  const group = pulsedGroup(30, 30, { mapping: 'reference-cell' });
  bench.program(group, new Float32Array(900));
  bench.machine.execute(prg('reset-to-symmetry', group, 300));
  bench.machine.execute(prg('zero-shift', group));
  expect(moments([...bench.weights()]).deviation).toBeGreaterThan(0.045);
  expect(moments([...bench.weights()]).deviation).toBeLessThan(0.06);
});

test('pulses count as wear, programming included', () => {
  const bench = pulsedBench(deviceNamed('cmo-hfox-train'));
  const group = pulsedGroup(4, 4, { mapping: 'reference-cell' });
  bench.program(group, new Float32Array(16));
  const { meanPulses } = bench.machine.endurance(0);
  expect(meanPulses).toBeGreaterThan(10);
  bench.machine.execute(prg('reset-to-symmetry', group, 5));
  expect(bench.machine.endurance(0).meanPulses).toBeCloseTo(meanPulses + 10, 6);
  expect(() => bench.machine.endurance(9)).toThrow('group is 9');
});

test('a cell without pulses, or without reference, traps', () => {
  const plain = pulsedBench(cmoHfox);
  const group = pulsedGroup(2, 2);
  plain.program(group, new Float32Array(4));
  expect(() => plain.machine.execute(prg('reset-to-symmetry', group))).toThrow('no pulse response');
  expect(plain.machine.endurance(0)).toEqual({ cells: 4, meanPulses: 0, maxPulses: 0 });
  const pulsed = pulsedBench(pulsedDevice());
  pulsed.program(group, new Float32Array(4));
  expect(() => pulsed.machine.execute(prg('zero-shift', group))).toThrow('mapping digital-offset; want reference-cell');
});

test('relaxation before a pulse stays, and the clock starts anew', () => {
  const bench = pulsedBench(deviceNamed('cmo-hfox-train'));
  const group = pulsedGroup(6, 6, { mapping: 'reference-cell' });
  bench.program(group, new Float32Array(36));
  bench.machine.execute(operation('DLY', { flags: ['AGE'], fn: 10, a: value(1000) }));
  const aged = bench.weights();
  expect(moments([...aged]).deviation).toBeGreaterThan(0.01);
  bench.update(group, 1, [1, 0, 0, 0, 0, 0], [1, 0, 0, 0, 0, 0]);
  const after = bench.weights();
  for (let i = 1; i < 36; i++) expect(Math.abs(after[i]! - aged[i]!)).toBeLessThan(0.02);
  expect(Math.abs(after[0]! - aged[0]!)).toBeGreaterThan(0.05);
});

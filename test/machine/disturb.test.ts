import { expect, test } from 'vitest';
import { disturbed, remaining } from '../../src/machine/disturb.ts';
import { pulsedBench, pulsedDevice, pulsedGroup } from './pulsed-bench.ts';
import { operation, spm, testBench, testChip, value } from './support.ts';

test('1e5 up pulses of k = 1e-5 move a centred cell of 27 states by 0.96 steps', () => {
  const step = 2 / 27;
  for (const [k, steps] of [
    [1e-5, 0.96],
    [1e-7, 0.01],
  ] as const)
    expect(disturbed(0, -1, 1, remaining(k, step, 1, 1e5), 1) / step / steps).toBeCloseTo(1, 1);
});

test('cells drift by what their own lines saw, coincidences apart, under half the voltage only', () => {
  const disturb = { up: 0.02, down: 0, spread: 0 };
  const run = (updateScheme: 'gate' | 'half-v', disturbOn: boolean) => {
    const bench = pulsedBench(pulsedDevice({ granularity: 0.1, slopeUp: 1, slopeDown: 1, disturb }));
    const csrs = { lengthManagement: false, updateManagement: false, updateLength: 10 } as const;
    const group = pulsedGroup(3, 3, { ...csrs, updateScheme, disturb: disturbOn });
    bench.program(group, new Float32Array(9));
    // row 0 and column 0 fire in all ten slots, everything else rests
    bench.update(group, 1, [1, 0, 0], [1, 0, 0]);
    return bench.weights();
  };
  const still = run('gate', true);
  expect([...still].slice(1)).toEqual(new Array(8).fill(0));
  expect(run('half-v', false)).toEqual(still);
  const drifted = run('half-v', true);
  // row firings 2 x 10 (both polarities), column firings 10, halves of them up: 10 and 5 pulses
  expect(drifted[1]).toBeCloseTo(1 - (1 - 0.02 * 0.1) ** 10, 6);
  expect(drifted[3]).toBeCloseTo(1 - (1 - 0.02 * 0.1) ** 5, 6);
  expect(drifted[4]).toBe(0);
  expect(drifted[0]!).toBeGreaterThan(still[0]!);
});

test('the chip may name another ratio than the device has; 0 leaves the device its own', () => {
  const drift = (disturbRatio: number, up: number) => {
    const device = pulsedDevice({ granularity: 0.1, slopeUp: 1, slopeDown: 1, disturb: { up, down: up, spread: 0 } });
    const bench = testBench({ device, chip: testChip({ array: { disturbRatio } }) });
    const csrs = { lengthManagement: false, updateManagement: false, updateLength: 10, updateScheme: 'half-v' } as const;
    const group = pulsedGroup(3, 3, csrs);
    bench.program(group, [0, 0.5, 0, 0, 0, 0, 0, 0, 0]);
    bench.put(0, [1, 0, 0, 1, 0, 0]);
    bench.machine.execute(operation('OPU', { fn: 'stochastic', group, d: value(1), a: spm(0), b: spm(12) }));
    return bench.machine.weights(0)[1]!;
  };
  expect(drift(0, 0)).toBe(0.5);
  // ten half-voltage pulses of each polarity take it towards the middle of its bounds
  expect(drift(0.02, 0)).toBeLessThan(0.5);
  expect(drift(0.02, 0)).toBe(drift(0, 0.02));
});

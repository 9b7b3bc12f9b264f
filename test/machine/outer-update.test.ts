import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { registerIds } from '../../isa/limits.ts';
import { ideal } from '../../src/device/ideal.ts';
import { moments } from '../../src/numeric/moments.ts';
import { pulsedBench, pulsedDevice, pulsedGroup } from './pulsed-bench.ts';
import { operation, spm, uniforms, value } from './support.ts';

describe('the ideal cell', () => {
  test('learns the outer product exactly, in every mapping with one pulsed device', () => {
    for (const mapping of ['digital-offset', 'reference-column', 'reference-cell'] as const) {
      const bench = pulsedBench(ideal);
      const group = pulsedGroup(7, 5, { mapping });
      const start = uniforms(1, 35).map((w) => w / 2);
      bench.program(group, start);
      const [x, d] = [uniforms(2, 21), uniforms(3, 15)];
      const { pulseSlots } = bench.update(group, -0.01, x, d);
      expect([...pulseSlots!]).toEqual([124, 124, 124]);
      for (const [i, w] of bench.weights().entries()) {
        const [r, c] = [Math.floor(i / 5), i % 5];
        let expected = start[i]!;
        for (let v = 0; v < 3; v++) expected -= 0.01 * x[v * 7 + r]! * d[v * 5 + c]!;
        expect(w).toBeCloseTo(expected, 6);
      }
    }
  });

  test('is read as it was left', () => {
    const bench = pulsedBench(ideal);
    const group = pulsedGroup(6, 4, { mapping: 'reference-cell' });
    bench.program(
      group,
      uniforms(1, 24).map((w) => w / 2),
    );
    bench.update(group, 0.1, uniforms(2, 6), uniforms(3, 4));
    const weights = bench.weights();
    const x = uniforms(4, 6);
    const { y } = bench.multiply(group, x);
    const back = bench.multiply(group, uniforms(5, 4), { mnemonic: 'MVT' }).y;
    for (let c = 0; c < 4; c++)
      expect(y[c]).toBeCloseTo(
        x.reduce((sum, xr, r) => sum + xr * weights[r * 4 + c]!, 0),
        5,
      );
    for (let r = 0; r < 6; r++)
      expect(back[r]).toBeCloseTo(
        uniforms(5, 4).reduce((sum, dc, c) => sum + dc * weights[r * 4 + c]!, 0),
        5,
      );
  });

  test('stops at its full scale', () => {
    const bench = pulsedBench(ideal);
    const group = pulsedGroup(1, 1, { weightMax: 2 });
    bench.program(group, [1.5]);
    bench.update(group, 1, [1], [3]);
    expect([...bench.weights()]).toEqual([2]);
  });
});

describe('stochastic trains', () => {
  const device = pulsedDevice();

  test('coincidences have the mean and variance of independent Bernoulli slots, in each cell', () => {
    const group = pulsedGroup(32, 32, { lengthManagement: false, updateManagement: false, updateLength: 31 });
    const counts: number[] = [];
    for (let trial = 0; trial < 40; trial++) {
      const bench = pulsedBench(device, { seed: trial });
      bench.program(group, new Float32Array(1024));
      // p(x) = 0.3 and p(d) = 0.4 of 31 slots: rate / (unit length) = 1
      bench.update(group, 0.031, new Float32Array(32).fill(0.3), new Float32Array(32).fill(0.4));
      for (const w of bench.weights()) counts.push(w / 0.001);
    }
    const { mean, deviation } = moments(counts);
    // lines are shared by cells: one standard error of the mean is 1 %
    expect(Math.abs(mean / (31 * 0.12) - 1)).toBeLessThan(0.03);
    expect(deviation ** 2 / (31 * 0.12 * 0.88)).toBeGreaterThan(0.94);
    expect(deviation ** 2 / (31 * 0.12 * 0.88)).toBeLessThan(1.06);
  });

  test('signs decide the direction', () => {
    const bench = pulsedBench(device);
    const group = pulsedGroup(2, 2);
    bench.program(group, new Float32Array(4));
    bench.update(group, -0.01, [1, -1], [1, -1]);
    expect([...bench.weights()].map((w) => Math.round(w / 0.001))).toEqual([-10, 10, 10, -10]);
  });

  test('trains are as long as the largest product needs, and never longer than allowed', () => {
    const bench = pulsedBench(device);
    const group = pulsedGroup(2, 2, { updateLength: 40 });
    bench.program(group, new Float32Array(4));
    const slots = (scale: number) => [...bench.update(group, scale, [1, 0.5], [0.5, 1]).pulseSlots!][0];
    expect(slots(0.0052)).toBe(12);
    expect(slots(0.033)).toBe(66);
    expect(slots(1)).toBe(80);
    expect([...bench.update(group, 0.01, [-1, 0.5], [0.5, 1]).pulseSlots!]).toEqual([40]);
    expect([...bench.update(group, 0.01, [0, 0], [0.5, 1]).pulseSlots!]).toEqual([0]);
  });

  test('trains longer than one machine word keep their mean', () => {
    const bench = pulsedBench(device);
    const group = pulsedGroup(16, 16, { lengthManagement: false, updateLength: 100 });
    bench.program(group, new Float32Array(256));
    const { pulses } = bench.update(group, 0.05, new Float32Array(16).fill(1), new Float32Array(16).fill(1));
    expect(pulses / 256).toBeGreaterThan(48);
    expect(pulses / 256).toBeLessThan(52);
    expect(bench.machine.special(registerIds.pulses)).toBe(pulses);
  });

  test('a current limit splits slots', () => {
    const bench = pulsedBench(device);
    const csrs = { lengthManagement: false, updateManagement: false, updateLength: 4 } as const;
    const free = pulsedGroup(8, 8, csrs);
    bench.program(free, new Float32Array(64));
    const ones = new Float32Array(8).fill(1);
    expect([...bench.update(free, 0.004, ones, ones).pulseSlots!]).toEqual([8]);
    // 8 rows in groups of 3, 8 positive columns in groups of 3; the phase of negative columns has no column to select
    const limited = { ...free, csrs: { ...free.csrs, lineLimit: 3 } };
    expect([...bench.update(limited, 0.004, ones, ones).pulseSlots!]).toEqual([4 * (3 * 3 + 3 * 1)]);
  });

  test('events: half-selected cells only without gates', () => {
    const bench = pulsedBench(device);
    const csrs = { lengthManagement: false, updateManagement: false, updateLength: 1 } as const;
    const gate = pulsedGroup(3, 4, csrs);
    bench.program(gate, new Float32Array(12));
    const x = [1, 0, 0];
    const d = [1, 1, 0, 0];
    const activity = bench.update(gate, 0.001, x, d);
    expect(activity).toMatchObject({ pulses: 2, halfSelects: 0, linePulses: 2 * 1 + 1 * 2, trainBits: 7 });
    const half = { ...gate, csrs: { ...gate.csrs, updateScheme: 'half-v' as const } };
    // up phase: row hits 2 idle cells of its row, columns 2 x 2 idle ones; down phase: the row alone half-selects its 4 cells
    expect(bench.update(half, 0.001, x, d).halfSelects).toBe(2 + 4 + 4);
  });

  test('the same seeds give the same weights, other seeds others', () => {
    const run = (seed: number, chipSeed: number) => {
      const bench = pulsedBench(pulsedDevice({ cycleNoise: 0.3, granularitySpread: 0.3 }), { seed, chipSeed });
      const group = pulsedGroup(9, 7);
      bench.program(group, new Float32Array(63));
      bench.update(group, 0.02, uniforms(1, 9), uniforms(2, 7));
      return [...bench.weights()];
    };
    expect(run(1, 1)).toEqual(run(1, 1));
    expect(run(2, 1)).not.toEqual(run(1, 1));
    expect(run(1, 2)).not.toEqual(run(1, 1));
  });
});

describe('other rules', () => {
  test('deterministic counts are rounded products, sign gives one pulse', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), (seed) => {
        const bench = pulsedBench(pulsedDevice());
        const group = pulsedGroup(4, 3);
        bench.program(group, new Float32Array(12));
        const [x, d] = [uniforms(seed, 4), uniforms(seed + 5000, 3)];
        bench.update(group, 0.02, x, d, { fn: 'deterministic' });
        for (const [i, w] of bench.weights().entries())
          expect(Math.abs(w / 0.001 - 20 * x[Math.floor(i / 3)]! * d[i % 3]!)).toBeLessThan(0.51);
        const before = bench.weights();
        bench.update(group, -0.02, x, d, { fn: 'sign' });
        for (const [i, w] of bench.weights().entries())
          expect((w - before[i]!) / 0.001).toBeCloseTo(-Math.sign(x[Math.floor(i / 3)]! * d[i % 3]!), 2);
      }),
      { seed: 3, numRuns: 20 },
    );
  });

  test('one-hot operands select a line', () => {
    const bench = pulsedBench(ideal);
    const group = pulsedGroup(3, 2);
    bench.program(group, new Float32Array(6));
    bench.put(0, [0.25, -0.5]);
    bench.machine.execute(operation('OPU', { flags: ['ONE-HOT-A'], group, d: value(1), a: value(1), b: spm(0) }));
    expect([...bench.weights()]).toEqual([0, 0, 0.25, -0.5, 0, 0]);
    expect(() =>
      bench.machine.execute(operation('OPU', { flags: ['ONE-HOT-A'], group, d: value(1), a: value(3), b: spm(0) })),
    ).toThrow('OPU selects line 3; group W0 has 3');
  });

  test('automatic scale brings the largest product of the running means to the wanted trains', () => {
    const bench = pulsedBench(pulsedDevice());
    const group = pulsedGroup(2, 2, { autoScale: 1, autoMomentum: 0.5, updateLength: 10, lengthManagement: true });
    bench.program(group, new Float32Array(4));
    bench.update(group, 1, [0.01, 0], [0.02, 0]);
    expect(bench.weights()[0]).toBeCloseTo(0.01, 6);
    const second = bench.update(group, 1, [0.03, 0], [0.02, 0], { sequence: 2 });
    // means 0.02 and 0.02: 0.03 x 0.02 / 0.0004 of ten slots wants 15, trains give 10
    expect(second.pulseSlots![0]).toBe(20);
  });

  test('what cannot be pulsed traps', () => {
    const bench = pulsedBench(pulsedDevice());
    const pair = pulsedGroup(2, 2, { mapping: 'differential-pair' });
    bench.program(pair, new Float32Array(4));
    expect(() => bench.update(pair, 1, [1, 1], [1, 1])).toThrow('pulses W0 with mapping differential-pair and 1 slices');
    const group = pulsedGroup(2, 2);
    bench.program(group, new Float32Array(4));
    expect(() => bench.update(group, Number.NaN, [1, 1], [1, 1])).toThrow('finds NaN for its scale');
    const dull = pulsedBench({ ...ideal, pulsed: undefined } as never);
    dull.program(group, new Float32Array(4));
    expect(() => dull.update(group, 1, [1, 1], [1, 1])).toThrow('device ideal, which has no pulse response');
  });
});

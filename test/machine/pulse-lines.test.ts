import { describe, expect, test } from 'vitest';
import { ideal } from '../../src/device/ideal.ts';
import type { GroupShape } from '../../src/sequence/issued-operation.ts';
import { type PulsedBench, pulsedBench, pulsedDevice, pulsedGroup } from './pulsed-bench.ts';
import { operation, spm, value } from './support.ts';

const steps = (bench: PulsedBench, unit = 0.001) => [...bench.weights()].map((w) => Math.round(w / unit));

function pulse(
  bench: PulsedBench,
  group: GroupShape,
  fn: string,
  first: number,
  counts: readonly number[],
  flags: string[] = [],
) {
  const array = flags.includes('I32')
    ? Int32Array.from(counts)
    : flags.includes('I16')
      ? Int16Array.from(counts)
      : Int8Array.from(counts);
  bench.machine.writeSpm(0, new Uint8Array(array.buffer));
  const perLine = fn === 'column' ? group.rows : group.columns;
  const length = counts.length / perLine;
  return bench.machine.execute(operation('PUL', { fn, flags, group, d: value(first), a: spm(0), length }));
}

function fresh(device = pulsedDevice(), group = pulsedGroup(3, 2)) {
  const bench = pulsedBench(device);
  bench.program(group, new Float32Array(group.rows * group.columns));
  return { bench, group };
}

describe('PUL', () => {
  test('rows, columns and the matrix get their counts', () => {
    const { bench, group } = fresh();
    pulse(bench, group, 'row', 1, [3, -2]);
    expect(steps(bench)).toEqual([0, 0, 3, -2, 0, 0]);
    pulse(bench, group, 'column', 1, [1, 2, 3]);
    expect(steps(bench)).toEqual([0, 1, 3, 0, 0, 3]);
    pulse(bench, group, 'matrix', 0, [1, 0, 0, 0, 0, -300], ['I16']);
    expect(steps(bench)).toEqual([1, 1, 3, 0, 0, -297]);
  });

  test('slots are row by row the largest up and down counts of each run of parallel bit lines', () => {
    const group = pulsedGroup(2, 6);
    const { bench } = fresh(pulsedDevice(), group);
    // four bit lines are pulsed together: (5 up, 2 down) + (1 up) in row 0, (0 up, 1 down) + (7 up) in row 1
    const counts = [5, -2, 3, 0, 1, 0, -1, 0, 0, 0, 7, 7];
    expect(pulse(bench, group, 'matrix', 0, counts)).toMatchObject({ pulses: 26, pulseSlots: new Float64Array([16]) });
  });

  test('the ideal cell moves by 2^-20 of its range, in 32-bit counts', () => {
    const { bench, group } = fresh(ideal);
    pulse(bench, group, 'row', 0, [2 ** 18, -(2 ** 17)], ['I32']);
    expect([...bench.weights()].slice(0, 2)).toEqual([0.5, -0.25]);
  });

  test('verified pulses arrive within half a step in spite of noise', () => {
    const { bench, group } = fresh(pulsedDevice({ granularity: 0.01, cycleNoise: 0.8, granularitySpread: 0.2 }));
    const activity = pulse(bench, group, 'matrix', 0, [5, -5, 9, 0, 1, -3], ['VERIFY']);
    const wanted = [0.05, -0.05, 0.09, 0, 0.01, -0.03];
    for (const [i, w] of bench.weights().entries()) expect(Math.abs(w - wanted[i]!)).toBeLessThan(0.0051);
    expect(activity.pulses).toBeGreaterThan(10);
    expect(activity).toMatchObject({ failedCells: 0, verifyReads: activity.pulses + 5, pulseSlots: undefined });
    expect(activity.programSteps![0]).toBeGreaterThan(9);
  });

  test('cells that cannot get there count as failed after the limit', () => {
    const group = pulsedGroup(1, 2, { programLimit: 12 });
    const { bench } = fresh(pulsedDevice({ granularity: 0.1 }), group);
    expect(pulse(bench, group, 'matrix', 0, [15, 2], ['VERIFY'])).toMatchObject({ failedCells: 1, pulses: 12 + 2 });
  });

  test('lines outside the group trap', () => {
    const { bench, group } = fresh();
    expect(() => pulse(bench, group, 'row', 2, [1, 1, 1, 1])).toThrow('PUL pulses lines 2 to 3 of 3');
    expect(() => pulse(bench, group, 'matrix', 0, [1, 1])).toThrow('PUL pulses 1 rows; group W0 has 3');
  });
});

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ideal } from '../../src/device/ideal.ts';
import { moments } from '../../src/numeric/moments.ts';
import type { GroupCsrs } from '../../src/sequence/issued-operation.ts';
import { pulsedBench, pulsedDevice, pulsedGroup } from '../machine/pulsed-bench.ts';
import { dram, operation, spm, testBench, testChip, testGroup, value } from '../machine/support.ts';

/** Made by golden.py beside it. Its matrices are outputs x inputs, ours inputs x outputs. */
const golden = JSON.parse(readFileSync(new URL('golden.json', import.meta.url), 'utf8')) as {
  readonly products: readonly Product[];
  readonly updates: readonly Update[];
  readonly trajectory: Trajectory;
  readonly transfers: readonly Transfer[];
};

type Numbers = readonly number[];

interface Product {
  readonly name: string;
  readonly bound: number;
  readonly noise: number;
  readonly repeats: number;
  readonly weights: Numbers;
  readonly x: Numbers;
  readonly d: Numbers;
  readonly forward: Numbers;
  readonly backward: Numbers;
  readonly forwardDeviation?: Numbers;
  readonly backwardDeviation?: Numbers;
}

interface Update {
  readonly name: string;
  readonly rate: number;
  readonly longest: number;
  readonly managed: boolean;
  readonly step: number;
  readonly x: Numbers;
  readonly d: Numbers;
  readonly repeats: number;
  readonly mean: Numbers;
  readonly deviation: Numbers;
}

interface Trajectory {
  readonly step: number;
  readonly upper: number;
  readonly lower: number;
  readonly upDown: number;
  readonly noise: number;
  readonly cells: number;
  readonly up: readonly boolean[];
  readonly single: Numbers;
  readonly mean: Numbers;
  readonly deviation: Numbers;
}

interface Transfer {
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  readonly step: number;
  readonly rate: number;
  readonly steps: readonly {
    readonly x: Numbers;
    readonly d: Numbers;
    readonly fast: Numbers;
    readonly slow: Numbers;
    readonly buffer: Numbers;
  }[];
}

/** Transpose of a row-major rows x columns matrix. */
const turned = (values: ArrayLike<number>, rows: number, columns: number): number[] =>
  Array.from({ length: rows * columns }, (_, i) => values[(i % rows) * columns + Math.floor(i / rows)]!);

function close(ours: ArrayLike<number>, theirs: Numbers, most: (at: number) => number): void {
  expect(ours.length).toBe(theirs.length);
  for (const [at, expected] of theirs.entries()) expect(Math.abs(ours[at]! - expected)).toBeLessThanOrEqual(most(at));
}

/** Five standard errors of the difference of two means, and of two deviations of nearly normal values. */
const meanBound = (deviation: number, n: number, m: number): number => 5 * deviation * Math.sqrt(1 / n + 1 / m) + 1e-6;
const deviationBound = (deviation: number, n: number, m: number): number =>
  5 * deviation * Math.sqrt(1 / (2 * n) + 1 / (2 * m)) + 1e-6;

/** The same for counts of rare pulses, whose squares spread more. */
const countBound = (deviation: number, n: number, m: number): number =>
  5 * Math.sqrt((0.25 + deviation ** 2 / 2) * (1 / n + 1 / m));

describe('products through converters of 7 and 9 bits', () => {
  const [inputs, outputs] = [9, 6];
  const steps = 2 ** 9 - 2;
  for (const product of golden.products)
    test(product.name, () => {
      const { bound, noise } = product;
      const bench = testBench({
        device: ideal,
        chip: testChip({ adc: { range: bound, noiseLsb: (noise * steps) / (2 * bound) } }),
      });
      const csrs: Partial<GroupCsrs> = { inBits: 7, adcBits: 9, adcRange: bound, mapping: 'reference-cell', noiseOn: noise > 0 };
      const managed = testGroup(inputs, outputs, {}, { ...csrs, boundManagement: 10 });
      bench.program(managed, turned(product.weights, outputs, inputs));
      // their backward products have no bound management
      const plain = { ...managed, csrs: { ...managed.csrs, boundManagement: 0 } };
      const vectors = (of: Numbers) => Array.from({ length: product.repeats }, () => of).flat();
      const forward = bench.multiply(managed, vectors(product.x)).y;
      const backward = bench.multiply(plain, vectors(product.d), { mnemonic: 'MVT', sequence: 2 }).y;
      compareProducts(forward, product.forward, product.forwardDeviation, product.repeats);
      compareProducts(backward, product.backward, product.backwardDeviation, product.repeats);
    });
});

function compareProducts(ours: Float32Array, theirs: Numbers, deviations: Numbers | undefined, repeats: number): void {
  if (deviations === undefined) {
    close(ours, theirs, (at) => 1e-5 * Math.max(1, Math.abs(theirs[at]!)));
    return;
  }
  const each = theirs.map((_, at) => moments(Array.from({ length: repeats }, (_unused, i) => ours[i * theirs.length + at]!)));
  close(
    each.map(({ mean }) => mean),
    theirs,
    (at) => meanBound(deviations[at]!, repeats, repeats),
  );
  close(
    each.map(({ deviation }) => deviation),
    deviations,
    (at) => deviationBound(deviations[at]!, repeats, repeats),
  );
}

describe('pulses of a stochastic update', () => {
  for (const update of golden.updates)
    test(update.name, () => {
      const { rate, step, longest, managed, repeats } = update;
      const [rows, columns] = [update.x.length, update.d.length];
      const bench = pulsedBench(pulsedDevice({ granularity: step }));
      const group = pulsedGroup(rows, columns, { updateLength: longest, updateManagement: managed, lengthManagement: managed });
      const counts: number[][] = [];
      for (let repeat = 0; repeat < repeats; repeat++) {
        bench.program(group, new Float32Array(rows * columns));
        bench.update(group, -rate, update.x, update.d, { sequence: repeat });
        counts.push(turned(bench.weights(group), rows, columns).map((weight) => Math.round(weight / step)));
      }
      const each = update.mean.map((_, at) => moments(counts.map((row) => row[at]!)));
      close(
        each.map(({ mean }) => mean),
        update.mean,
        (at) => meanBound(update.deviation[at]!, repeats, repeats),
      );
      close(
        each.map(({ deviation }) => deviation),
        update.deviation,
        (at) => countBound(update.deviation[at]!, repeats, repeats),
      );
    });
});

describe('soft bounds with the reference at the symmetry point', () => {
  const { trajectory } = golden;
  const run = (size: number, cycleNoise: number, see: (weights: Float32Array, at: number) => void): void => {
    const { step, upper, lower, upDown } = trajectory;
    const device = pulsedDevice({ granularity: step, upper, lower, upDown, cycleNoise, slopeUp: 1, slopeDown: 1 });
    const bench = pulsedBench(device);
    const group = pulsedGroup(size, size, {
      mapping: 'reference-cell',
      updateLength: 1,
      lengthManagement: false,
      updateManagement: false,
    });
    const zeros = new Float32Array(size * size);
    bench.program(group, zeros);
    bench.machine.execute(operation('PRG', { fn: 'zero-shift', group, a: dram(0), length: size }));
    bench.program(group, zeros);
    const ones = new Float32Array(size).fill(1);
    for (const [at, up] of trajectory.up.entries()) {
      bench.update(group, up ? step : -step, ones, ones, { sequence: at });
      see(bench.weights(group), at);
    }
  };

  test('one cell, pulse by pulse', () => {
    run(1, 0, ([weight], at) => expect(weight).toBeCloseTo(trajectory.single[at]!, 5));
  });

  test('mean and deviation of noisy cells', () => {
    const { cells, mean, deviation } = trajectory;
    run(Math.sqrt(cells), trajectory.noise, (weights, at) => {
      const ours = moments(weights);
      expect(Math.abs(ours.mean - mean[at]!)).toBeLessThan(meanBound(deviation[at]!, cells, cells));
      expect(Math.abs(ours.deviation - deviation[at]!)).toBeLessThan(deviationBound(deviation[at]!, cells, cells));
    });
  });
});

describe('transfers, step by step', () => {
  const bufferAt = 8192;
  for (const transfer of golden.transfers)
    test(transfer.name, () => {
      const { rows: outputs, columns: inputs, step, rate } = transfer;
      const bench = pulsedBench(pulsedDevice({ granularity: step }));
      const csrs: Partial<GroupCsrs> = {
        ...{ updateLength: 1, updateManagement: false, lengthManagement: false, transferRate: rate, transferThreshold: step },
        ...{ transferForget: transfer.name !== 'tt2-subtract', transferMomentum: transfer.name === 'tt2-subtract' ? 0.2 : 0 },
        ...{ chopProbability: transfer.name === 'tt3' ? 1 : 0.5, tailWeight: 1.5, transferLength: 1 },
      };
      const [fast, slow] = [pulsedGroup(inputs, outputs, csrs, 1), pulsedGroup(inputs, outputs, csrs, 0)];
      for (const group of [slow, fast]) bench.program(group, new Float32Array(inputs * outputs));
      bench.put(bufferAt, new Float32Array(3 * inputs * outputs));
      const fn = transfer.name.slice(0, 3);
      const flags = fn === 'tt2' ? [] : ['CHOP'];
      for (const [at, { x, d, ...expected }] of transfer.steps.entries()) {
        bench.update(fast, -step, x, d, { flags, sequence: 2 * at });
        const line = value(at % inputs);
        const fields = { group: fast, target: slow, d: line, a: spm(bufferAt), b: value(0), sequence: 2 * at + 1 };
        bench.machine.execute(operation('XFR', { fn, ...fields }));
        const buffer = bench.floats(bufferAt, inputs * outputs).map((weight) => weight / step);
        close(turned(bench.weights(fast), inputs, outputs), expected.fast, () => 1e-6);
        close(turned(bench.weights(slow), inputs, outputs), expected.slow, () => 1e-6);
        close(turned(buffer, inputs, outputs), expected.buffer, () => 2e-5);
      }
    });
});

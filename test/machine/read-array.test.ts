import { expect, test } from 'vitest';
import { registerIds } from '../../isa/limits.ts';
import { cmoHfox } from '../../src/device/cmo-hfox.ts';
import { meanAndDeviation } from '../device/statistics.ts';
import { exactProduct, testBench, testChip, testGroup, uniforms } from './support.ts';

test('vectors that meet the range are repeated with half the input until they fit, and counted', () => {
  const bench = testBench();
  const group = testGroup(4, 2, {}, { inBits: 8, adcBits: 8, adcRange: 1, boundManagement: 3 });
  bench.program(group, [1, 0, 1, 0, 1, 0, 1, 0]);
  // the first sums to four full scales; the others meet the range at most exactly
  const { y, activity } = bench.multiply(group, [1, 1, 1, 1, 1, -1, 1, -1, 0.5, 0, 0, 0]);
  expect([...activity.retries!]).toEqual([3, 0, 0]);
  expect(y[0]!).toBeCloseTo(4, 0);
  expect(y[2]!).toBeCloseTo(0, 6);
  expect(activity.saturations).toBe(3);
  expect(bench.machine.special(registerIds.retries)).toBe(3);
  expect(bench.machine.special(registerIds.saturations)).toBe(activity.saturations);
});

test('without retries left, outputs are clipped at the range', () => {
  const bench = testBench();
  const group = testGroup(4, 1, {}, { inBits: 8, adcBits: 8, adcRange: 1 });
  bench.program(group, [1, 1, 1, 1]);
  const { y, activity } = bench.multiply(group, [1, 1, 1, 1]);
  expect([y[0], activity.saturations, activity.retries]).toEqual([1, 1, undefined]);
});

test('repeated passes draw heat again', () => {
  const joules = [0, 1].map((boundManagement) => {
    const bench = testBench();
    const group = testGroup(4, 1, {}, { inBits: 8, adcBits: 8, adcRange: 1, boundManagement });
    bench.program(group, [1, 1, 1, 1]);
    return bench.multiply(group, [1, 1, 1, 1]).activity.readJoules;
  });
  expect(joules[1]! / joules[0]!).toBeCloseTo(1 + 64 / 127, 5);
});

test('noise management: none clips, constant scales by IN_SCALE, abs-max uses every code', () => {
  const result = (noiseManagement: 'none' | 'constant' | 'abs-max') => {
    const bench = testBench();
    const group = testGroup(2, 1, {}, { noiseManagement, inScale: 5, inBits: 4 });
    bench.program(group, [1, 1]);
    return bench.multiply(group, [2, 0]).y[0]!;
  };
  expect(result('none')).toBe(1);
  // 2 / 5 is 2.8 of 7 steps
  expect(result('constant')).toBeCloseTo((3 / 7) * 5, 6);
  expect(result('abs-max')).toBe(2);
});

test('a vector of zeros stays zero under abs-max', () => {
  const bench = testBench({ device: cmoHfox });
  const group = testGroup(3, 2, {}, { inBits: 8, adcBits: 8, boundManagement: 3 });
  bench.program(group, uniforms(1, 6));
  expect([...bench.multiply(group, [0, 0, 0]).y].map(Math.abs)).toEqual([0, 0]);
});

test('read noise is white, output-referred and of the declared size', () => {
  const [rows, columns, n] = [16, 8, 600];
  const bench = testBench({ device: cmoHfox, chip: testChip({ array: { readNoiseFraction: 0.02 } }) });
  const group = testGroup(rows, columns, {}, { noiseManagement: 'none' });
  bench.program(group, uniforms(1, rows * columns));
  const vector = uniforms(2, rows);
  const x = Float32Array.from({ length: n * rows }, (_, i) => vector[i % rows]!);
  const noisy = bench.multiply(group, x).y;
  const quiet = bench.multiply({ ...group, csrs: { ...group.csrs, noiseOn: false } }, vector).y;
  const { mean, deviation } = meanAndDeviation([...noisy].map((y, i) => y - quiet[i % columns]!));
  const expected = 0.02 * Math.SQRT2 * Math.hypot(...vector);
  // 4800 draws: standard error 1 % of the deviation
  expect(Math.abs(deviation / expected - 1)).toBeLessThan(0.04);
  expect(Math.abs(mean)).toBeLessThan(0.06 * expected);
});

test('noise differs between operations, seeds and chips, and repeats otherwise', () => {
  const read = (seed: number, sequence: number) => {
    const bench = testBench({ device: cmoHfox, seed });
    const group = testGroup(4, 4);
    bench.program(group, uniforms(1, 16));
    return [...bench.multiply(group, uniforms(2, 4 * 200), { sequence }).y];
  };
  expect(read(1, 1)).toEqual(read(1, 1));
  expect(read(1, 2)).not.toEqual(read(1, 1));
  expect(read(2, 1)).not.toEqual(read(1, 1));
});

test('results do not depend on how many vectors are read together when nothing is random', () => {
  const bench = testBench();
  const group = testGroup(20, 6, {}, { inBits: 7, adcBits: 9 });
  bench.program(group, uniforms(1, 120));
  const x = uniforms(2, 20 * 300);
  const together = bench.multiply(group, x).y;
  for (const i of [0, 127, 128, 299]) {
    expect([...bench.multiply(group, x.slice(20 * i, 20 * i + 20)).y]).toEqual([...together.slice(6 * i, 6 * i + 6)]);
  }
});

test('sliced weights are read slice by slice and recombined', () => {
  const [rows, columns] = [10, 6];
  const bench = testBench();
  const group = testGroup(rows, columns, {}, { slices: 4, sliceBits: 4 });
  const [weights, x] = [uniforms(1, rows * columns), uniforms(2, 3 * rows)];
  bench.program(group, weights);
  const { y } = bench.multiply(group, x);
  const exact = exactProduct(weights, x, rows, columns).y;
  for (let i = 0; i < y.length; i++) expect(Math.abs(y[i]! - exact[i]!)).toBeLessThan(rows / 2 ** 16);
});

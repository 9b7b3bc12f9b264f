import { expect, test } from 'vitest';
import { meanAndDeviation } from '../device/statistics.ts';
import { operation, spm, testBench, testChip, testGroup, uniforms } from './support.ts';

const csrs = { inBits: 8, adcBits: 10, adcRange: 4, noiseManagement: 'none' } as const;
const lsb = 4 / 511;

function readZeros(adc: object, tile: number, chipSeed = 1, columns = 64): number[] {
  const bench = testBench({ chip: testChip({ columns: 128, adc }), chipSeed });
  const group = testGroup(2, columns, { firstTile: tile }, csrs);
  bench.program(group, new Float32Array(2 * columns));
  return [...bench.multiply(group, [0.5, 0.5]).y];
}

test('offsets have the declared spread and belong to chip and tile', () => {
  const offsets = Array.from({ length: 12 }, (_, tile) => readZeros({ offsetLsb: 8 }, tile)).flat();
  const { mean, deviation } = meanAndDeviation(offsets.map((y) => y / lsb));
  // 768 draws: standard error 2.6 % of the deviation
  expect(Math.abs(deviation / 8 - 1)).toBeLessThan(0.1);
  expect(Math.abs(mean)).toBeLessThan(1.2);
  expect(readZeros({ offsetLsb: 8 }, 0)).toEqual(readZeros({ offsetLsb: 8 }, 0));
  expect(readZeros({ offsetLsb: 8 }, 0, 2)).not.toEqual(readZeros({ offsetLsb: 8 }, 0));
  expect(readZeros({ offsetLsb: 8 }, 1)).not.toEqual(readZeros({ offsetLsb: 8 }, 0));
});

test('gain errors scale outputs', () => {
  const bench = testBench({ chip: testChip({ adc: { gainError: 0.05 } }) });
  const group = testGroup(2, 100, {}, csrs);
  bench.program(group, new Float32Array(200).fill(1));
  const { deviation } = meanAndDeviation([...bench.multiply(group, [1, 1]).y].map((y) => y / 2));
  expect(Math.abs(deviation / 0.05 - 1)).toBeLessThan(0.25);
});

test('thermal noise dithers, and NOISE_ON 0 silences every converter error', () => {
  const noisy = { offsetLsb: 3, gainError: 0.05, inlLsb: 1, noiseLsb: 2 };
  expect(new Set(readZeros({ noiseLsb: 2 }, 0)).size).toBeGreaterThan(4);
  const read = (adc: object) => {
    const bench = testBench({ chip: testChip({ adc }) });
    const group = testGroup(4, 4, {}, { ...csrs, noiseOn: false });
    bench.program(group, uniforms(1, 16));
    return [...bench.multiply(group, uniforms(2, 8)).y];
  };
  expect(read(noisy)).toEqual(read({}));
});

test('CAL trims offsets and gains away, and reports what it found', () => {
  const bench = testBench({ chip: testChip({ adc: { offsetLsb: 6, gainError: 0.03, noiseLsb: 0.5 } }) });
  const group = testGroup(4, 20, {}, csrs);
  bench.program(group, new Float32Array(80).fill(0.5));
  const calibrate = (fn: string, flags: string[]) => {
    bench.machine.execute(operation('CAL', { fn, flags, group, d: spm(4096), length: 400, sequence: 9 }));
    return [...bench.floats(4096, 20)];
  };
  const error = () => Math.max(...[...bench.multiply(group, [1, 1, 1, 1]).y].map((y) => Math.abs(y - 2)));
  const before = error();
  const offsets = calibrate('adc-offset', ['W']);
  const gains = calibrate('adc-gain', ['W']);
  expect(meanAndDeviation(offsets).deviation / (6 * lsb)).toBeGreaterThan(0.5);
  expect(meanAndDeviation(gains).deviation).toBeGreaterThan(0.015);
  expect(error()).toBeLessThan(2.5 * lsb);
  expect(before).toBeGreaterThan(3 * error());
  expect(Math.max(...calibrate('adc-offset', []).map(Math.abs))).toBeLessThan(0.2 * lsb);
  expect(Math.max(...calibrate('adc-gain', []).map((gain) => Math.abs(gain - 1)))).toBeLessThan(0.001);
});

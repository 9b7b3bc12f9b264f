import { expect, test } from 'vitest';
import { cmoHfox } from '../../src/device/cmo-hfox.ts';
import { pcm } from '../../src/device/pcm.ts';
import { exactProduct, operation, rootMeanSquare, spm, testBench, testChip, testGroup, uniforms, value } from './support.ts';

test('range finds the largest output of sample vectors and W uses it until the CSR changes', () => {
  const bench = testBench();
  const group = testGroup(4, 2, {}, { inBits: 8, adcBits: 8, adcRange: 100 });
  bench.program(group, [1, 0.5, 1, 0.5, 0, 0, 0, 0]);
  bench.put(0, [2, 2, 0, 0]);
  const calibrate = operation('CAL', { fn: 'range', flags: ['W'], group, a: spm(0), d: spm(256), length: 1 });
  const coarse = bench.multiply(group, [2, 1.9, 0.1, 0]).y;
  bench.put(0, [2, 2, 0, 0]);
  bench.machine.execute(calibrate);
  expect([...bench.floats(256, 2)]).toEqual([2, 1]);
  const fine = bench.multiply(group, [2, 1.9, 0.1, 0]).y;
  expect(Math.abs(fine[0]! - 3.9)).toBeLessThan(0.1 * Math.abs(coarse[0]! - 3.9));
  expect(bench.multiply({ ...group, csrs: { ...group.csrs, adcRange: 1 } }, [2, 2, 0, 0]).activity.saturations).toBe(1);
});

test('drift finds the mean shift of single-device weights and takes it off digitally', () => {
  const [rows, columns] = [64, 48];
  const bench = testBench({ device: cmoHfox });
  const group = testGroup(rows, columns, {}, { mapping: 'digital-offset', noiseOn: false });
  const [weights, x] = [uniforms(1, rows * columns), uniforms(2, 20 * rows).map(Math.abs)];
  bench.program(group, weights);
  bench.machine.execute(operation('DLY', { flags: ['AGE'], a: value(3e8) }));
  const exact = exactProduct(weights, x, rows, columns).y;
  const before = rootMeanSquare(bench.multiply(group, x).y, exact);
  bench.machine.execute(operation('CAL', { fn: 'drift', flags: ['W'], group, d: spm(0), length: 1 }));
  const shifts = bench.floats(0, columns);
  // -1.74 uS of a half window of 39.6 uS
  expect(shifts.reduce((sum, shift) => sum + shift, 0) / columns).toBeCloseTo(-1.735 / 39.6, 2);
  expect(rootMeanSquare(bench.multiply(group, x).y, exact)).toBeLessThan(0.4 * before);
});

test('drift-global and drift-columns scale outputs by what weights lost since the first such reading', () => {
  const [rows, columns] = [40, 8];
  const [weights, x] = [uniforms(1, rows * columns), uniforms(2, 30 * rows)];
  const exact = exactProduct(weights, x, rows, columns).y;
  const group = testGroup(rows, columns, {}, { noiseOn: false });
  const error = (fn: string, agedBefore: boolean) => {
    const bench = testBench({ device: pcm });
    bench.program(group, weights);
    const correct = () => bench.machine.execute(operation('CAL', { fn, flags: ['W'], group, d: spm(0), length: rows }));
    const baseline = correct();
    expect([...bench.floats(0, columns)]).toEqual(new Array(columns).fill(1));
    expect(baseline.readJoules).toBeGreaterThan(0);
    if (agedBefore) bench.machine.execute(operation('DLY', { flags: ['AGE'], a: value(3e8) }));
    const before = rootMeanSquare(bench.multiply(group, x).y, exact);
    correct();
    const factors = [...bench.floats(0, columns)];
    return { before, after: rootMeanSquare(bench.multiply(group, x).y, exact), factors, bench };
  };
  const whole = error('drift-global', true);
  expect(new Set(whole.factors).size).toBe(1);
  // conductances fall as (t / 20 s)^-0.05 or so: to a half after ten years
  expect(whole.factors[0]!).toBeGreaterThan(1.5);
  expect(whole.after).toBeLessThan(0.5 * whole.before);
  const each = error('drift-columns', true);
  expect(new Set(each.factors).size).toBe(columns);
  expect(each.after).toBeLessThan(0.5 * each.before);
  expect(error('drift-global', false).factors[0]!).toBe(1);
  // the factors are part of the state, and end with the next programming
  const saved = each.bench.machine.save();
  const twin = testBench({ device: pcm });
  twin.machine.restore(saved);
  expect([...twin.multiply(group, x).y]).toEqual([...each.bench.multiply(group, x).y]);
  each.bench.program(group, weights);
  expect(rootMeanSquare(each.bench.multiply(group, x).y, exact)).toBeLessThan(0.5 * each.before);
});

test('CAL.adc-offset trims the converters of forward reads, with T those of transposed ones', () => {
  const read = (calibrations: readonly (readonly string[])[], mnemonic: 'MVM' | 'MVT') => {
    const bench = testBench({ chip: testChip({ adc: { offsetLsb: 2, noiseLsb: 0.5 } }) });
    const group = testGroup(6, 4, {}, { adcBits: 8, noiseOn: true });
    bench.program(group, new Float32Array(24));
    for (const flags of calibrations)
      bench.machine.execute(operation('CAL', { fn: 'adc-offset', flags: ['W', ...flags], group, length: 64 }));
    const { y } = bench.multiply(group, new Float32Array(mnemonic === 'MVM' ? 6 : 4).fill(1), { mnemonic });
    return Math.sqrt(y.reduce((sum, value) => sum + value ** 2, 0) / y.length);
  };
  for (const mnemonic of ['MVM', 'MVT'] as const) {
    const [own, other] = mnemonic === 'MVM' ? [[], ['T']] : [['T'], []];
    const untrimmed = read([], mnemonic);
    expect(read([other], mnemonic)).toBe(untrimmed);
    expect(read([own], mnemonic)).toBeLessThan(0.7 * untrimmed);
  }
  const { machine, program } = testBench();
  const group = testGroup(1, 1);
  program(group, [0]);
  expect(() => machine.execute(operation('CAL', { fn: 'drift', flags: ['T'], group }))).toThrow('transposed drift');
});

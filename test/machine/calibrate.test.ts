import { expect, test } from 'vitest';
import { cmoHfox } from '../../src/device/cmo-hfox.ts';
import { exactProduct, operation, rootMeanSquare, spm, testBench, testGroup, uniforms, value } from './support.ts';

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

test('the symmetry point waits for training', () => {
  const bench = testBench();
  expect(() => bench.machine.execute(operation('CAL', { fn: 'symmetry-point', group: testGroup(1, 1) }))).toThrow(
    'symmetry-point needs the training instructions',
  );
});

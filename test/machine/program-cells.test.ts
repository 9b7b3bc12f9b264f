import { expect, test } from 'vitest';
import { cmoHfox } from '../../src/device/cmo-hfox.ts';
import { throughAccess } from '../../src/machine/line-conductance.ts';
import { none, operation, spm, testBench, testChip, testGroup, uniforms, value } from './support.ts';

test('the same cells come out of any tile size, at any age', () => {
  const weights = uniforms(1, 24 * 10);
  const cut = [
    [24, 20, 1, 1],
    [8, 20, 3, 1],
    [5, 6, 5, 4],
  ].map(([rows, columns, rowBlocks, columnBlocks]) => {
    const bench = testBench({ device: cmoHfox, chip: testChip({ rows: rows!, columns: columns! }) });
    bench.program(testGroup(24, 10, { rowBlocks: rowBlocks!, columnBlocks: columnBlocks! }), weights);
    bench.machine.execute(operation('DLY', { flags: ['AGE'], a: value(3600) }));
    return bench.machine.conductances(0).map((cells) => [...cells]);
  });
  expect(cut[1]).toEqual(cut[0]);
  expect(cut[2]).toEqual(cut[0]);
});

test('pulses, failures and reads are written out, and heat is that of the cells', () => {
  const bench = testBench({ device: cmoHfox, chip: testChip({ array: { accessOhm: 2000 } }) });
  const group = testGroup(8, 4, {}, { programLimit: 100 });
  bench.machine.writeDram(64, new Uint8Array(uniforms(2, 32).buffer));
  const op = operation('PRG', { fn: 'verify', group, a: { kind: 'dram', address: 64 }, d: spm(256), length: 8 });
  const { pulses, failedCells, verifyReads, pulseJoules, readJoules } = bench.machine.execute(op);
  expect([...bench.floats(256, 3)]).toEqual([pulses, failedCells, verifyReads]);
  expect(pulses).toBeGreaterThan(64);
  expect(verifyReads).toBe(pulses + 2 * 8 * 4);
  expect(pulseJoules / pulses).toBeGreaterThan(0.39e-9 * (9 / 55));
  expect(pulseJoules / pulses).toBeLessThan(0.39e-9 * (89 / 55));
  const largest = 0.04 * cmoHfox.verifySeconds * throughAccess(89e-6, 2000);
  expect(readJoules).toBeGreaterThan(0);
  expect(readJoules).toBeLessThan(largest * verifyReads);
});

test('FREE charges nothing but counts the pulses', () => {
  const activity = testBench({ device: cmoHfox }).program(testGroup(4, 4), uniforms(3, 16), ['FREE']);
  expect([activity.readJoules, activity.pulseJoules]).toEqual([0, 0]);
  expect([activity.programSteps, activity.programReads]).toEqual([undefined, undefined]);
  expect(activity.pulses).toBeGreaterThan(32);
});

test('weights beyond full scale are clipped, tolerance comes from B', () => {
  const bench = testBench();
  bench.program(testGroup(1, 2, {}, { weightMax: 2 }), [4, -1]);
  expect(bench.machine.conductances(0).map((cells) => [...cells])).toEqual([
    [2 ** -14, 0],
    [0, 2 ** -15],
  ]);
  const precise = testBench({ device: cmoHfox });
  const group = testGroup(16, 16);
  precise.machine.writeDram(0, new Uint8Array(uniforms(4, 256).buffer));
  const run = (tolerance: number) =>
    precise.machine.execute(
      operation('PRG', { fn: 'verify', group, a: { kind: 'dram', address: 0 }, b: value(tolerance), length: 16 }),
    ).pulses;
  expect(run(0)).toBeGreaterThan(4 * run(0.02));
});

test('programming again restarts the relaxation with fresh draws', () => {
  const bench = testBench({ device: cmoHfox });
  const group = testGroup(4, 4);
  bench.program(group, uniforms(5, 16));
  const first = bench.machine.conductances(0);
  bench.machine.execute(operation('DLY', { flags: ['AGE'], a: value(1e6) }));
  expect(bench.machine.conductances(0)).not.toEqual(first);
  bench.program(group, uniforms(5, 16));
  const second = bench.machine.conductances(0);
  expect(second).not.toEqual(first);
  for (const [i, g] of second[0]!.entries()) expect(Math.abs(g - first[0]![i]!)).toBeLessThan(1e-6);
});

test('what cannot be programmed traps with its reason', () => {
  const bench = testBench({ chip: testChip({ rows: 4, columns: 8 }) });
  const program = (fields: Parameters<typeof operation>[1]) => () =>
    bench.machine.execute(operation('PRG', { fn: 'verify', a: spm(0), length: 2, group: testGroup(2, 2), ...fields }));
  expect(program({ fn: 'gradient' })).toThrow('function gradient is reserved');
  expect(program({ length: 3 })).toThrow('programs 3 rows; group W0 has 2');
  expect(program({ group: testGroup(5, 2), length: 5 })).toThrow('PRG group 0 has 5 rows; 1 row blocks hold 4');
  expect(program({ group: testGroup(2, 2, {}, { slices: 2 }) })).toThrow('2 slices of SLICE_BITS 0');
  expect(program({ group: testGroup(2, 2, {}, { weightMax: 0 }) })).toThrow('WEIGHT_MAX 0');
  expect(program({ a: none })).toThrow('operand A is missing');
  bench.put(0, [1, Number.NaN, 0, 0]);
  expect(program({})).toThrow('NaN for the weight at row 0, column 1');
});

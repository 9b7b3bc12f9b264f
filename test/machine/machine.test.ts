import { describe, expect, test } from 'vitest';
import { registerIds } from '../../isa/limits.ts';
import { cmoHfox } from '../../src/device/cmo-hfox.ts';
import { stochasticBf16 } from '../../src/machine/stochastic-rounding.ts';
import { flagOf, functionOf } from '../../src/machine/table-functions.ts';
import { idleActivity } from '../../src/sequence/activity.ts';
import { emptyProgram, operation, testBench, testGroup, uniforms, value } from './support.ts';

test('control words mean nothing to values', () => {
  const { machine } = testBench();
  for (const mnemonic of ['NOP', 'HALT', 'SETC', 'LOOP', 'AGU', 'GRP', 'FENCE', 'DLY'] as const) {
    expect(machine.execute(operation(mnemonic, {}))).toEqual(idleActivity);
  }
  expect(machine.ageSeconds).toBe(0);
});

test('an evaluation region snapshots the specials at its end and points, others do not', () => {
  const regions = [
    { id: 1, kind: 'evaluation', name: '1 day' },
    { id: 2, kind: 'layer', name: 'fc1' },
  ] as const;
  const { machine } = testBench({ program: { ...emptyProgram, regions } });
  machine.execute(operation('DLY', { flags: ['AGE'], fn: 3, a: value(10_800) }));
  machine.setSpecial(registerIds.hits, 9);
  for (const [fn, id] of [
    ['begin', 1],
    ['end', 2],
    ['point', 1],
    ['end', 1],
  ] as const)
    machine.execute(operation('MARK', { fn, a: value(id) }));
  const snapshot = { region: 1, loss: 0, hits: 9, count: 0, ageSeconds: 86_400 };
  expect(machine.results).toEqual([snapshot, snapshot]);
});

test('age is finite and never falls', () => {
  const { machine } = testBench();
  expect(() => machine.execute(operation('DLY', { flags: ['AGE'], a: value(-1) }))).toThrow('ages by -1 s');
});

test('drift off keeps cells as written, drift on again ages them', () => {
  const bench = testBench({ device: cmoHfox });
  const group = testGroup(8, 8, {}, { noiseOn: false });
  bench.program(group, uniforms(1, 64));
  const x = uniforms(2, 8);
  const fresh = [...bench.multiply(group, x).y];
  bench.machine.execute(operation('DLY', { flags: ['AGE'], a: value(1e6) }));
  const aged = [...bench.multiply(group, x).y];
  const still = [...bench.multiply({ ...group, csrs: { ...group.csrs, driftOn: false } }, x).y];
  expect(still).toEqual(fresh);
  expect(aged).not.toEqual(fresh);
  expect([...bench.multiply(group, x).y]).toEqual(aged);
});

test('host access and specials name what is wrong', () => {
  const { machine } = testBench();
  expect(() => machine.readSpm(2 ** 20, 1)).toThrow('address is 1048576');
  expect(() => machine.special(3)).toThrow('special is 3');
  expect(() => machine.conductances(4)).toThrow('group is 4');
});

describe('table look-ups', () => {
  test('names of functions and flags come from the instruction table', () => {
    const op = operation('ACT', { fn: 'tanh', flags: ['OUT'] });
    expect([functionOf(op), flagOf(op, 'OUT'), flagOf(op, 'DER')]).toEqual(['tanh', true, false]);
    expect(() => functionOf(operation('ACT', { fn: 60 }))).toThrow('ACT has no function 60');
    expect(() => flagOf(op, 'RELU')).toThrow('flag is RELU; ACT has DER, OUT');
  });
});

test('stochastic bf16 rounding lands on the neighbours and keeps what is exact', () => {
  expect([stochasticBf16(1.5, 0.999), stochasticBf16(Number.POSITIVE_INFINITY, 0.9)]).toEqual([1.5, Number.POSITIVE_INFINITY]);
  const between = 1 + 2 ** -9;
  expect([stochasticBf16(between, 0.7), stochasticBf16(between, 0.8)]).toEqual([1, 1 + 2 ** -7]);
  expect(stochasticBf16(-between, 0.8)).toBe(-1 - 2 ** -7);
});

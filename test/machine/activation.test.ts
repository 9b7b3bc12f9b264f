import { describe, expect, test } from 'vitest';
import { instructions } from '../../isa/instructions.ts';
import { activationFunctions, leakySlope, lookUp } from '../../src/machine/activation.ts';
import { operation, spm, testBench, value } from './support.ts';

const points = [-2.3, -0.7, 0.4, 1.9];

function act(fn: string, a: readonly number[], fields: object = {}, error?: readonly number[]): number[] {
  const bench = testBench();
  bench.put(0, a);
  if (error !== undefined) bench.put(256, error);
  bench.machine.execute(
    operation('ACT', {
      fn,
      a: spm(0),
      d: spm(512),
      length: a.length,
      ...(error === undefined ? {} : { b: spm(256) }),
      ...fields,
    }),
  );
  return [...bench.floats(512, a.length)];
}

test('every function but the table has its own arithmetic', () => {
  expect([...Object.keys(activationFunctions), 'lut'].sort()).toEqual(Object.keys(instructions.ACT.functions).sort());
});

describe.each(Object.keys(activationFunctions))('%s', (fn) => {
  const { value: f, slope, slopeOfOutput } = activationFunctions[fn]!;
  const arguments_ = ['sqrt', 'rsqrt', 'log'].includes(fn) ? points.map(Math.abs) : points;

  test('the instruction computes the function', () => {
    for (const [i, y] of act(fn, arguments_).entries()) expect(y).toBeCloseTo(f(arguments_[i]!), 5);
  });

  test('its slope is the difference quotient, also from the output', () => {
    const h = 1e-6;
    for (const x of arguments_) {
      expect(slope(x)).toBeCloseTo((f(x + h) - f(x - h)) / (2 * h), 5);
      if (slopeOfOutput !== undefined) expect(slopeOfOutput(f(x))).toBeCloseTo(slope(x), 9);
    }
  });

  test('DER multiplies the slope with the error', () => {
    for (const [i, e] of act(fn, arguments_, { flags: ['DER'] }, [1, 2, 3, 4]).entries())
      expect(e).toBeCloseTo(slope(arguments_[i]!) * (i + 1), 4);
  });
});

test('DER.OUT takes the forward output', () => {
  const outputs = points.map(Math.tanh);
  for (const [i, e] of act('tanh', outputs, { flags: ['DER', 'OUT'] }, [1, 1, 1, 1]).entries())
    expect(e).toBeCloseTo(1 - Math.tanh(points[i]!) ** 2, 5);
  expect(() => act('gelu', [1], { flags: ['DER', 'OUT'] }, [1])).toThrow('ACT has no derivative of gelu from its output');
});

test('leaky takes its slope from B', () => {
  expect(act('leaky', [-2, 2], { b: value(0.5) })).toEqual([-1, 2]);
  expect(act('leaky', [-2, 2])[0]!).toBeCloseTo(-2 * leakySlope, 6);
});

test('a table is interpolated from -8 to 8 and held beyond', () => {
  const table = Float64Array.from({ length: 256 }, (_, i) => -8 + (16 * i) / 255);
  for (const x of [-8, -3.3, 0, 7.99]) expect(lookUp(table, x)).toBeCloseTo(x, 9);
  expect([lookUp(table, -100), lookUp(table, 100)]).toEqual([-8, 8]);
  const bench = testBench();
  bench.put(0, [-1, 20]);
  bench.put(1024, table);
  bench.machine.execute(operation('ACT', { fn: 'lut', a: spm(0), b: spm(1024), d: spm(64), length: 2 }));
  expect(bench.floats(64, 2)[0]!).toBeCloseTo(-1, 5);
  expect(bench.floats(64, 2)[1]!).toBe(8);
});

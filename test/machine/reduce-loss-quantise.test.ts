import { describe, expect, test } from 'vitest';
import { instructions } from '../../isa/instructions.ts';
import { registerIds } from '../../isa/limits.ts';
import { lossFunctions } from '../../src/machine/loss.ts';
import { argMax, reductions } from '../../src/machine/reduce.ts';
import { operation, spm, testBench, value } from './support.ts';

describe('RED', () => {
  const red = (fn: string, fields: object = {}) => {
    const bench = testBench();
    bench.put(0, [1, -4, 3, 0, 2, 2]);
    bench.machine.execute(operation('RED', { fn, a: spm(0), d: spm(64), rows: 2, length: 3, ...fields }));
    return fn === 'argmax' ? [...new Int32Array(bench.machine.readSpm(64, 8).buffer)] : [...bench.floats(64, 2)];
  };
  test.each([
    ['sum', [0, 4]],
    ['mean', [0, Math.fround(4 / 3)]],
    ['max', [3, 2]],
    ['argmax', [2, 1]],
    ['absmax', [4, 2]],
    ['sum-squares', [26, 8]],
  ])('%s', (fn, expected) => expect(red(fn)).toEqual(expected));
  test('a stride skips elements', () => expect(red('sum', { rows: 1, b: value(2) })[0]).toBe(6));
  test('covers the table', () => expect(Object.keys(reductions)).toEqual(Object.keys(instructions.RED.functions)));
  test('the first of equals wins', () => expect(argMax([1, 3, 3])).toBe(1));
});

describe('LOSS', () => {
  test.each(Object.keys(lossFunctions))('%s: the gradient is the difference quotient', (fn) => {
    const f = lossFunctions[fn]!;
    const logits = Float64Array.of(0.3, -1.2, 0.9, 0.1);
    const [gradient, scratch] = [new Float64Array(4), new Float64Array(4)];
    expect(f(logits, 1, gradient)).toBeGreaterThan(0);
    for (let i = 0; i < 4; i++) {
      const [up, down] = [logits.slice(), logits.slice()];
      up[i]! += 1e-6;
      down[i]! -= 1e-6;
      expect(gradient[i]!).toBeCloseTo((f(up, 1, scratch) - f(down, 1, scratch)) / 2e-6, 5);
    }
  });

  test('adds loss, hits and samples to the specials', () => {
    const { machine, put, floats } = testBench();
    put(0, [2, 0, 0, 1, 5, 0]);
    machine.writeSpm(64, Uint8Array.of(0, 0));
    machine.execute(operation('LOSS', { fn: 'cross-entropy', a: spm(0), b: spm(64), d: spm(128), rows: 2, length: 3 }));
    expect(machine.special(registerIds.hits)).toBe(1);
    expect(machine.special(registerIds.count)).toBe(2);
    const expected = Math.log(Math.exp(2) + 2) - 2 + (Math.log(Math.E + Math.exp(5) + 1) - 1);
    expect(machine.special(registerIds.loss)).toBeCloseTo(expected, 6);
    const gradient = floats(128, 6);
    expect(gradient[0]! + gradient[1]! + gradient[2]!).toBeCloseTo(0, 6);
    machine.setSpecial(registerIds.loss, 0);
    expect(machine.special(registerIds.loss)).toBe(0);
  });

  test('a label beyond the classes traps', () => {
    const { machine } = testBench();
    machine.writeSpm(64, Uint8Array.of(3));
    expect(() => machine.execute(operation('LOSS', { a: spm(0), b: spm(64), length: 3 }))).toThrow(
      'finds label 3 of sample 0; there are 3 classes',
    );
  });
});

describe('QNT', () => {
  const quantise = (fn: string, source: readonly number[], scale: number) => {
    const bench = testBench();
    bench.put(0, source);
    bench.machine.execute(operation('QNT', { fn, a: spm(0), d: spm(64), b: value(scale), length: source.length }));
    return bench.machine.readSpm(64, 64);
  };
  test('integers are rounded half to even and saturated', () => {
    expect([...new Int8Array(quantise('to-i8', [0.25, 0.75, -1.25, 1000], 0.5).buffer, 0, 4)]).toEqual([0, 2, -2, 127]);
    expect([...quantise('to-u8', [-3, 4.5, 5.5, 300], 1).slice(0, 4)]).toEqual([0, 4, 6, 255]);
    expect(new Int16Array(quantise('to-i16', [1e9], 0).buffer)[0]).toBe(32767);
  });
  test('clip limits and keeps the format', () =>
    expect([...new Float32Array(quantise('clip', [3, -3, 0.5], 1).buffer, 0, 3)]).toEqual([1, -1, 0.5]));
  test('codes times scale come back as floats', () => {
    const { machine, floats } = testBench();
    machine.writeSpm(0, Uint8Array.of(200, 3));
    machine.execute(operation('QNT', { fn: 'to-f32', a: spm(0), d: spm(64), b: value(0.5), length: 2, format: 'u8' }));
    expect([...floats(64, 2)]).toEqual([100, 1.5]);
  });
  test('stochastic codes are right on average', () => {
    const codes = new Int8Array(quantise('stochastic-i8', new Array<number>(64).fill(0.25), 1).buffer);
    expect(codes.every((code) => code === 0 || code === 1)).toBe(true);
    expect(Math.abs(codes.filter((code) => code === 1).length / 64 - 0.25)).toBeLessThan(0.2);
  });
});

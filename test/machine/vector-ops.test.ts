import { describe, expect, test } from 'vitest';
import { instructions } from '../../isa/instructions.ts';
import { type Format, formatBytes } from '../../isa/limits.ts';
import { loadNumbers, storeNumbers } from '../../src/machine/formats.ts';
import { elementFunctions } from '../../src/machine/vector-ops.ts';
import { createKernels } from '../../src/numeric/create-kernels.ts';
import { operation, spm, testBench, value } from './support.ts';

const kernels = createKernels();
const encode = (numbers: readonly number[], format: Format): Uint8Array => {
  const at = kernels.allocate(4 * numbers.length);
  storeNumbers(kernels, at, Float64Array.from(numbers), format);
  return kernels.u8(at, numbers.length * formatBytes[format]).slice();
};
const decode = (bytes: Uint8Array, format: Format): number[] => {
  const at = kernels.allocate(bytes.length);
  kernels.u8(at, bytes.length).set(bytes);
  return [...loadNumbers(kernels, at, bytes.length / formatBytes[format], format)];
};

/** D after VEC on vectors a, b and d. */
function vec(
  fn: string,
  a: number[],
  b: number[] | number,
  d: number[] = a,
  format: Format = 'f32',
  fields: object = {},
): number[] {
  const { machine } = testBench();
  machine.writeSpm(0, encode(a, format));
  if (typeof b !== 'number') machine.writeSpm(256, encode(b, format));
  machine.writeSpm(512, encode(d, format));
  const operandB = typeof b === 'number' ? value(b) : spm(256);
  machine.execute(operation('VEC', { fn, a: spm(0), b: operandB, d: spm(512), length: a.length, format, ...fields }));
  return decode(machine.readSpm(512, d.length * formatBytes[format]), format);
}

test('every function of the table has its arithmetic', () => {
  expect(Object.keys(elementFunctions).sort()).toEqual(Object.keys(instructions.VEC.functions).sort());
});

describe('element-wise', () => {
  test.each([
    ['add', [5, -1]],
    ['sub', [-1, 3]],
    ['mul', [6, -2]],
    ['mac', [106, 98]],
    ['max', [3, 1]],
    ['min', [2, -2]],
    ['div', [Math.fround(2 / 3), -0.5]],
    ['cmp-ge', [0, 1]],
    ['select', [3, -2]],
    ['axpy', [106, 98]],
    ['shl', [16, 0.25]],
    ['shr', [0.25, 4]],
    ['copy', [2, 1]],
    ['neg', [-2, -1]],
  ])('%s', (fn, expected) => expect(vec(fn, [2, 1], [3, -2], [100, 100])).toEqual(expected));

  test('select keeps D below zero and abs drops the sign', () => {
    expect(vec('select', [-1, 0], [7, 8], [100, 100])).toEqual([100, 8]);
    expect(vec('abs', [-1.5, 2], 0)).toEqual([1.5, 2]);
  });

  test('a number stands for a whole vector, a row for every row', () => {
    expect(vec('mul', [1, 2, 3], 2)).toEqual([2, 4, 6]);
    for (const format of ['f32', 'bf16', 'i16'] as const) {
      expect(vec('add', [1, 2, 3, 4], [10, 20], [0, 0, 0, 0], format, { length: 2, rows: 2, flags: ['ROW'] })).toEqual([
        11, 22, 13, 24,
      ]);
    }
  });

  test('integers saturate, divide towards zero, shift down', () => {
    expect(vec('add', [100, -100], [100, -100], [0, 0], 'i8')).toEqual([127, -128]);
    expect(vec('div', [-7, 7], [2, 2], [0, 0], 'i32')).toEqual([-3, 3]);
    expect(vec('shr', [-7, 7], 1, [0, 0], 'i32')).toEqual([-4, 3]);
    expect(vec('mul', [2 ** 30, 3], [2, 3], [0, 0], 'i32')).toEqual([2 ** 31 - 1, 9]);
  });

  test('bf16 results round to nearest even', () =>
    expect(vec('add', [1, 1], [2 ** -8, 3 * 2 ** -8], [0, 0], 'bf16')).toEqual([1, 1 + 2 ** -6]));
});

test('stochastic rounding is right on average and only ever lands on neighbours', () => {
  const n = 60;
  for (const [format, part, step] of [
    ['bf16', 2 ** -9, 2 ** -7],
    ['i16', 0, 1],
  ] as const) {
    const sums = vec(
      'add-sr',
      new Array<number>(n).fill(1),
      format === 'bf16' ? new Array<number>(n).fill(part) : 0.25,
      new Array<number>(n).fill(0),
      format,
    );
    expect(sums.every((sum) => sum === 1 || sum === 1 + step)).toBe(true);
    const share = sums.filter((sum) => sum > 1).length / n;
    expect(Math.abs(share - 0.25)).toBeLessThan(0.2);
  }
  expect(vec('add-sr', [1], [2 ** -20], [0])).toEqual([1 + 2 ** -20]);
});

test('addresses outside, unaligned or of the wrong kind trap', () => {
  const { machine } = testBench();
  const add = (fields: object) => () =>
    machine.execute(operation('VEC', { a: spm(0), b: spm(0), d: spm(0), length: 4, ...fields }));
  expect(add({ d: spm(2 ** 20 - 8) })).toThrow('touches scratchpad bytes 1048568 to 1048584; the scratchpad has 1048576');
  expect(add({ a: spm(2) })).toThrow('address 2 is not a multiple of 4, the size of f32');
  expect(add({ b: { kind: 'none' } })).toThrow('operand B is missing');
  expect(add({ d: value(3) })).toThrow('operand D is the number 3; want a scratchpad address');
});

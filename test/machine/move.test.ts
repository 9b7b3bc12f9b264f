import { expect, test } from 'vitest';
import { formatBytes } from '../../isa/limits.ts';
import type { Window } from '../../src/sequence/issued-operation.ts';
import { none, operation, spm, testBench, uniforms, value } from './support.ts';

function moved(fn: string, source: readonly number[], count: number, fields: object): number[] {
  const bench = testBench();
  bench.put(0, source);
  bench.machine.execute(operation('MOV', { fn, a: spm(0), d: spm(512), ...fields }));
  return [...bench.floats(512, count)];
}

test('copy, strided, spread, broadcast, transpose and zero', () => {
  expect(moved('copy', [1, 2, 3], 4, { length: 3 })).toEqual([1, 2, 3, 0]);
  expect(moved('strided', [1, 2, 3, 4, 5, 6, 7], 4, { length: 2, rows: 2, b: value(4) })).toEqual([1, 2, 5, 6]);
  expect(moved('broadcast', [1, 2], 6, { length: 2, rows: 3 })).toEqual([1, 2, 1, 2, 1, 2]);
  expect(moved('transpose', [1, 2, 3, 4, 5, 6], 6, { length: 3, rows: 2 })).toEqual([1, 4, 2, 5, 3, 6]);
  expect(moved('spread', [1, 2, 3, 4], 7, { length: 2, rows: 2, b: value(4) })).toEqual([1, 2, 0, 0, 3, 4, 0]);
  expect(moved('zero', [1], 1, { length: 1, a: none })).toEqual([0]);
});

test('every format moves whole elements', () => {
  for (const format of ['bf16', 'i16', 'u8', 'i32'] as const) {
    const { machine } = testBench();
    const size = formatBytes[format];
    machine.writeSpm(
      0,
      Uint8Array.from({ length: 6 * size }, (_, i) => i),
    );
    machine.execute(operation('MOV', { fn: 'transpose', a: spm(0), d: spm(64), length: 3, rows: 2, format }));
    expect([...machine.readSpm(64, 6 * size)].filter((_, i) => i % size === 0)).toEqual(
      [0, 3, 1, 4, 2, 5].map((element) => element * size),
    );
  }
});

test('a copy may overlap itself', () => {
  const bench = testBench();
  bench.put(0, [1, 2, 3, 4]);
  bench.machine.execute(operation('MOV', { fn: 'copy', a: spm(0), d: spm(4), length: 3 }));
  expect([...bench.floats(0, 4)]).toEqual([1, 1, 2, 3]);
});

const window = (address: number): Window => ({
  ...{ address, height: 4, width: 3, channels: 2, kernelHeight: 2, kernelWidth: 2, strideY: 1, strideX: 1 },
  ...{ padTop: 0, padLeft: 1, padBottom: 0, padRight: 0, dilation: 1, outputHeight: 3, outputWidth: 3 },
});

test('col2im is the adjoint of im2col: <im2col x, y> = <x, col2im y>', () => {
  const bench = testBench();
  const [x, y] = [uniforms(1, 24), uniforms(2, 72)];
  bench.put(0, x);
  bench.put(1024, y);
  bench.machine.execute(operation('MOV', { fn: 'im2col', a: { kind: 'window', window: window(0) }, d: spm(2048), length: 9 }));
  bench.machine.execute(operation('MOV', { fn: 'col2im', a: { kind: 'window', window: window(1024) }, d: spm(4096), length: 9 }));
  const dot = (a: ArrayLike<number>, b: ArrayLike<number>) => Array.from(a).reduce((sum, value, i) => sum + value * b[i]!, 0);
  expect(dot(bench.floats(2048, 72), y)).toBeCloseTo(dot(x, bench.floats(4096, 24)), 4);
});

test('a window is needed where one is used', () => {
  const { machine } = testBench();
  expect(() => machine.execute(operation('MOV', { fn: 'im2col', a: spm(0), d: spm(64) }))).toThrow(
    'operand A is a spm operand; want a window',
  );
});

import { expect, test } from 'vitest';
import type { Window } from '../../src/sequence/issued-operation.ts';
import { exactProduct, operation, spm, testBench, testChip, testGroup, uniforms, value } from './support.ts';

const [rows, columns, n] = [7, 4, 3];
const weights = uniforms(1, rows * columns);
const withOnes = (x: ArrayLike<number>, given: number): number[] =>
  Array.from({ length: x.length / given }, (_, at) => [
    ...Array.from({ length: given }, (__, i) => x[at * given + i]!),
    1,
  ]).flat();

const close = (y: ArrayLike<number>, wanted: ArrayLike<number>): void => {
  expect(y.length).toBe(wanted.length);
  for (let i = 0; i < y.length; i++) expect(y[i]).toBeCloseTo(wanted[i]!, 5);
};

/** Two row blocks: the second holds the constant row alone. */
function bench() {
  const made = testBench({ chip: testChip({ rows: 6, columns: 16 }) });
  const group = testGroup(rows, columns, { rowBlocks: 2 }, { constantRow: true, mapping: 'digital-offset', accumulateRate: 1 });
  made.program(group, weights);
  return { ...made, group };
}

test('MVM adds the weights of the last row, which no operand holds', () => {
  const { machine, put, floats, group } = bench();
  const x = uniforms(2, n * (rows - 1));
  put(0, x);
  machine.execute(operation('MVM', { group, a: spm(0), d: spm(1024), length: n }));
  close(floats(1024, n * columns), exactProduct(weights, withOnes(x, rows - 1), rows, columns).y);
});

test('MVM takes windows that are one element narrower', () => {
  const { machine, put, floats, group } = bench();
  const window: Window = {
    ...{ address: 0, height: 1, width: 4, channels: 2, kernelHeight: 1, kernelWidth: 3, strideX: 1, strideY: 1, dilation: 1 },
    ...{ padTop: 0, padLeft: 0, padBottom: 0, padRight: 0, outputHeight: 1, outputWidth: 2 },
  };
  const map = uniforms(3, 8);
  put(0, map);
  machine.execute(operation('MVM', { group, a: { kind: 'window', window }, d: spm(1024), length: 2 }));
  const vectors = [...map.subarray(0, 6), ...map.subarray(2, 8)];
  close(floats(1024, 2 * columns), exactProduct(weights, withOnes(vectors, 6), rows, columns).y);
});

test('MVT leaves the last row out, also where it adds', () => {
  const { machine, put, floats, group } = bench();
  const d = uniforms(4, n * columns);
  const before = uniforms(5, n * (rows - 1));
  put(0, d);
  put(1024, [...before, 7]);
  machine.execute(operation('MVT', { group, a: spm(0), d: spm(1024), length: n, flags: ['ACC'] }));
  const turned = Array.from(weights, (_, i) => weights[(i % rows) * columns + Math.floor(i / rows)]!);
  const { y } = exactProduct(turned, d, columns, rows);
  const kept = y.filter((_, i) => i % rows < rows - 1).map((value, i) => value + before[i]!);
  close(floats(1024, n * (rows - 1)), kept);
  expect(floats(1024 + 4 * n * (rows - 1), 1)[0]).toBe(7);
});

test('OPU and OPD learn the last row from the errors alone', () => {
  const { machine, put, floats, group } = bench();
  const [x, d] = [uniforms(6, n * (rows - 1)), uniforms(7, n * columns)];
  put(0, x);
  put(512, d);
  put(1024, new Float32Array(rows * columns));
  const operands = { group, a: spm(0), b: spm(512), length: n };
  machine.execute(operation('OPD', { ...operands, d: spm(1024) }));
  machine.execute(operation('OPU', { ...operands, d: value(0.1) }));
  const whole = withOnes(x, rows - 1);
  const sums = Array.from(weights, (_, i) => {
    const [row, column] = [Math.floor(i / columns), i % columns];
    return d.reduce(
      (sum, error, at) => (at % columns === column ? sum + error * whole[Math.floor(at / columns) * rows + row]! : sum),
      0,
    );
  });
  close(floats(1024, rows * columns), sums);
  close(
    machine.weights(0),
    Array.from(weights, (weight, i) => Math.min(1, Math.max(-1, weight + 0.1 * sums[i]!))),
  );
});

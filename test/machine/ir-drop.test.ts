import { expect, test } from 'vitest';
import { irSag } from '../../src/machine/ir-drop.ts';
import { testBench, testChip, testGroup, uniforms } from './support.ts';

const [rows, columns, lineOhm] = [12, 3, 300];

/** The approximation written out, in f64, for one vector. */
function expected(weights: Float32Array, x: Float32Array, maxS: number): number[] {
  return Array.from({ length: columns }, (_, c) => {
    let [drawn, y, distant] = [0, 0, 0];
    for (let j = 0; j < rows; j++) {
      const term = weights[j * columns + c]! * x[j]!;
      drawn += Math.abs(term) * rows * maxS * lineOhm;
      y += term;
      distant += term * (1 - (1 - j / rows) ** 2);
    }
    return y - irSag(drawn) * distant;
  });
}

test('follows the cubic approximation, forward', () => {
  const bench = testBench({ chip: testChip({ array: { lineOhmPerCell: lineOhm } }) });
  const group = testGroup(rows, columns, {}, { irDrop: 'conductance', noiseManagement: 'none' });
  const [weights, x] = [uniforms(1, rows * columns), uniforms(2, rows)];
  bench.program(group, weights);
  const { y } = bench.multiply(group, x);
  const want = expected(weights, x, 2 ** -14);
  for (let c = 0; c < columns; c++) expect(y[c]!).toBeCloseTo(want[c]!, 5);
});

test('no wire, no drop; with wire a positive sum falls', () => {
  const read = (lineOhmPerCell: number): number => {
    const bench = testBench({ chip: testChip({ array: { lineOhmPerCell } }) });
    const group = testGroup(8, 1, {}, { irDrop: 'conductance' });
    bench.program(group, new Float32Array(8).fill(1));
    return bench.multiply(group, new Float32Array(8).fill(1)).y[0]!;
  };
  expect(read(0)).toBe(8);
  expect(read(50)).toBeLessThan(8);
  expect(read(100)).toBeLessThan(read(50));
});

test('a single device per weight loads the line with its conductance, or with its weight where asked to', () => {
  const bench = testBench({ chip: testChip({ array: { lineOhmPerCell: 100 } }) });
  const pair = testGroup(8, 1, { id: 1 }, { irDrop: 'conductance' });
  const single = testGroup(8, 1, { id: 2 }, { irDrop: 'conductance', mapping: 'reference-column' });
  const published = testGroup(8, 1, { id: 3 }, { irDrop: 'weight', mapping: 'reference-column' });
  const [fromPair, fromSingle, fromPublished] = [pair, single, published].map((group) => {
    bench.program(group, new Float32Array(8).fill(0.2));
    return bench.multiply(group, new Float32Array(8).fill(1)).y[0]!;
  });
  expect(fromSingle!).toBeLessThan(fromPair! - 0.05);
  expect(fromPublished!).toBeCloseTo(fromPair!, 5);
});

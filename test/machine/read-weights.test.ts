import { expect, test } from 'vitest';
import { cmoHfox } from '../../src/device/cmo-hfox.ts';
import { operation, rootMeanSquare, spm, testBench, testChip, testGroup, uniforms, value } from './support.ts';

const [rows, columns] = [9, 5];
const weights = uniforms(1, rows * columns);

test('rows and columns come back as programmed, over tile borders', () => {
  const bench = testBench({ chip: testChip({ rows: 4, columns: 4 }) });
  const group = testGroup(rows, columns, { rowBlocks: 3, columnBlocks: 3 });
  bench.program(group, weights);
  const read = (fn: string, first: number, length: number, count: number) => {
    bench.machine.execute(operation('RDV', { fn, group, a: value(first), d: spm(0), length }));
    return [...bench.floats(0, count)];
  };
  expect(read('row', 3, 2, 10)).toEqual([...weights.slice(15, 25)]);
  expect(read('column', 4, 1, 9)).toEqual([...weights].filter((_, i) => i % columns === 4));
});

test('averaging reads lowers the noise', () => {
  const bench = testBench({ device: cmoHfox });
  const group = testGroup(rows, columns, {}, { noiseManagement: 'abs-max' });
  bench.program(group, weights);
  const error = (fields: object) => {
    const { readJoules } = bench.machine.execute(
      operation('RDV', { fn: 'row', group, a: value(0), d: spm(0), length: rows, ...fields }),
    );
    return { error: rootMeanSquare(bench.floats(0, rows * columns), weights), readJoules };
  };
  const [once, often] = [error({}), error({ flags: ['REP'], b: value(64) })];
  expect(often.error).toBeLessThan(0.4 * once.error);
  expect(often.readJoules / once.readJoules).toBeCloseTo(64, 3);
});

test('lines that do not exist trap', () => {
  const bench = testBench();
  const group = testGroup(rows, columns);
  bench.program(group, weights);
  expect(() => bench.machine.execute(operation('RDV', { fn: 'row', group, a: value(8), d: spm(0), length: 2 }))).toThrow(
    'reads lines 8 to 9 of 9',
  );
});

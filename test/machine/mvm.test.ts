import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Window } from '../../src/sequence/issued-operation.ts';
import { exactProduct, operation, rootMeanSquare, spm, testBench, testChip, testGroup, uniforms } from './support.ts';

const run = { seed: 20_250_102, numRuns: 40 };
const unit = 4 * 2 ** -24;

const shape = fc.record({
  rows: fc.integer({ min: 1, max: 70 }),
  columns: fc.integer({ min: 1, max: 40 }),
  n: fc.integer({ min: 1, max: 9 }),
  tileRows: fc.integer({ min: 8, max: 64 }),
  tileColumns: fc.integer({ min: 4, max: 40 }),
  weightMax: fc.double({ min: 0.05, max: 3, noNaN: true }),
  seed: fc.nat(1e6),
});

function blocks(rows: number, columns: number, tileRows: number, tileColumns: number) {
  return { rowBlocks: Math.ceil(rows / tileRows), columnBlocks: Math.ceil(columns / Math.floor(tileColumns / 2)) };
}

test('ideal cells and converters equal a float product, whatever the tiles, forward and transposed', () => {
  fc.assert(
    fc.property(shape, ({ rows, columns, n, tileRows, tileColumns, weightMax, seed }) => {
      const bench = testBench({ chip: testChip({ rows: tileRows, columns: tileColumns }) });
      const group = testGroup(rows, columns, blocks(rows, columns, tileRows, tileColumns), { weightMax: Math.fround(weightMax) });
      const weights = uniforms(seed, rows * columns).map((w) => w * group.csrs.weightMax);
      bench.program(group, weights);
      const x = uniforms(seed + 1, n * rows).map((value) => 3 * value);
      const { y } = bench.multiply(group, x);
      const exact = exactProduct(weights, x, rows, columns);
      for (let i = 0; i < y.length; i++) {
        expect(Math.abs(y[i]! - exact.y[i]!)).toBeLessThanOrEqual(unit * Math.sqrt(rows) * exact.magnitude[i]!);
      }
      const d = uniforms(seed + 2, n * columns);
      const back = bench.multiply(group, d, { mnemonic: 'MVT' }).y;
      const transposed = Float32Array.from(weights, (_, i) => weights[(i % rows) * columns + Math.floor(i / rows)]!);
      const exactBack = exactProduct(transposed, d, columns, rows);
      for (let i = 0; i < back.length; i++) {
        expect(Math.abs(back[i]! - exactBack.y[i]!)).toBeLessThanOrEqual(unit * Math.sqrt(columns) * exactBack.magnitude[i]!);
      }
    }),
    run,
  );
});

test.each([
  'literal-pair',
  'balanced-pair',
  'reference-column',
  'digital-offset',
] as const)('%s gives the same product within its own rounding', (mapping) => {
  const [rows, columns, n] = [40, 12, 5];
  const bench = testBench({ chip: testChip({ rows: 16, columns: 64 }) });
  const group = testGroup(rows, columns, { rowBlocks: 3 }, { mapping });
  const [weights, x] = [uniforms(1, rows * columns), uniforms(2, n * rows)];
  bench.program(group, weights);
  const { y } = bench.multiply(group, x);
  const exact = exactProduct(weights, x, rows, columns);
  for (let i = 0; i < y.length; i++) expect(y[i]!).toBeCloseTo(exact.y[i]!, 5);
});

const window: Window = {
  ...{ address: 0, height: 6, width: 5, channels: 3, kernelHeight: 3, kernelWidth: 2, strideY: 2, strideX: 1 },
  ...{ padTop: 1, padLeft: 1, padBottom: 1, padRight: 0, dilation: 1, outputHeight: 3, outputWidth: 5 },
};

/** Naive convolution of a channels-last map. */
function convolve(map: Float32Array, weights: Float32Array, columns: number): number[] {
  const out: number[] = [];
  for (let oy = 0; oy < window.outputHeight; oy++) {
    for (let ox = 0; ox < window.outputWidth; ox++) {
      for (let c = 0; c < columns; c++) out.push(pixel(map, weights, columns, oy, ox, c));
    }
  }
  return out;
}

function pixel(map: Float32Array, weights: Float32Array, columns: number, oy: number, ox: number, c: number): number {
  let sum = 0;
  for (let ky = 0; ky < window.kernelHeight; ky++) {
    for (let kx = 0; kx < window.kernelWidth; kx++) {
      const [y, x] = [oy * window.strideY + ky - window.padTop, ox * window.strideX + kx - window.padLeft];
      if (y < 0 || y >= window.height || x < 0 || x >= window.width) continue;
      for (let ch = 0; ch < window.channels; ch++) {
        const row = (ky * window.kernelWidth + kx) * window.channels + ch;
        sum += map[(y * window.width + x) * window.channels + ch]! * weights[row * columns + c]!;
      }
    }
  }
  return sum;
}

test('a window operand makes the product a convolution with padding', () => {
  const [rows, columns] = [18, 4];
  const bench = testBench({ chip: testChip({ rows: 8 }) });
  const group = testGroup(rows, columns, { rowBlocks: 3 });
  const [map, weights] = [uniforms(3, 90), uniforms(4, rows * columns)];
  bench.program(group, weights);
  bench.put(0, map);
  bench.machine.execute(operation('MVM', { group, a: { kind: 'window', window }, d: spm(4096), length: 15 }));
  const expected = convolve(map, weights, columns);
  const y = bench.floats(4096, 15 * columns);
  for (let i = 0; i < y.length; i++) expect(y[i]!).toBeCloseTo(expected[i]!, 5);
});

test('ACC adds to what is there and RELU clamps on the way out', () => {
  const bench = testBench();
  const group = testGroup(2, 2);
  bench.program(group, [1, 0, 0, -1]);
  bench.put(0, [0.5, 0.5]);
  bench.put(64, [1, 0.25]);
  bench.machine.execute(operation('MVM', { group, a: spm(0), d: spm(64), length: 1, flags: ['ACC', 'RELU'] }));
  expect([...bench.floats(64, 2)]).toEqual([1.5, 0]);
});

test('RAW writes whole codes of the first row block', () => {
  const bench = testBench();
  const group = testGroup(2, 2, {}, { inBits: 8, adcBits: 8, adcRange: 1 });
  bench.program(group, [1, 0.5, 0, 0]);
  bench.put(0, [1, 0]);
  bench.machine.execute(operation('MVM', { group, a: spm(0), d: spm(64), length: 1, flags: ['RAW'] }));
  expect([...new Int32Array(bench.machine.readSpm(64, 8).buffer)]).toEqual([127, 64]);
});

test('bit-serial inputs equal pulse widths when the ADC is ideal', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 9 }), fc.nat(1e6), (inBits, seed) => {
      const [weights, x] = [uniforms(seed, 20 * 6), uniforms(seed + 1, 3 * 20)];
      const [serial, wide] = (['bit-serial', 'pulse-width'] as const).map((dacMode) => {
        const bench = testBench();
        const group = testGroup(20, 6, {}, { dacMode, inBits });
        bench.program(group, weights);
        return bench.multiply(group, x);
      });
      for (let i = 0; i < 18; i++) expect(serial!.y[i]!).toBeCloseTo(wide!.y[i]!, 5);
    }),
    run,
  );
});

test('fewer ADC bits never lower the mean error', () => {
  const [rows, columns, n] = [64, 32, 20];
  const [weights, x] = [uniforms(5, rows * columns), uniforms(6, n * rows)];
  const exact = exactProduct(weights, x, rows, columns).y;
  const errors = [12, 10, 8, 7, 6, 5, 4, 3].map((adcBits) => {
    const bench = testBench();
    const group = testGroup(rows, columns, {}, { adcBits, adcRange: 12 });
    bench.program(group, weights);
    return rootMeanSquare(bench.multiply(group, x).y, exact);
  });
  for (let i = 1; i < errors.length; i++) expect(errors[i]!).toBeGreaterThan(errors[i - 1]!);
});

test('an unprogrammed or reshaped group traps', () => {
  const bench = testBench();
  const group = testGroup(2, 2);
  expect(() => bench.multiply(group, [1, 1])).toThrow('MVM reads group W0, which PRG has not programmed');
  bench.program(group, [1, 0, 0, 1]);
  expect(() => bench.multiply(testGroup(2, 2, {}, { mapping: 'balanced-pair' }), [1, 1])).toThrow('another shape or mapping');
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createStream } from '../../../../src/numeric/philox.ts';
import { purposes } from '../../../../src/numeric/purposes.ts';
import { kernels, place, scoped, seed } from '../../kernel-memory.ts';

const { fround } = Math;
const few = { seed: 20_250_101, numRuns: 60 };

interface Cells {
  readonly rows: number;
  readonly columns: number;
  readonly weights: Float32Array;
  readonly records: Float32Array;
}

function cellsFrom(from: number, rows: number, columns: number): Cells {
  const stream = createStream(from, purposes.sampling);
  const weights = Float32Array.from({ length: rows * columns }, () => stream.normal() / 3);
  const records = new Float32Array(8 * rows * columns);
  for (let i = 0; i < rows * columns; i++) records.set([0.1 + 0.05 * stream.uniform(), -1, 1, 0.1, 1, -1, 0.1, 0], 8 * i);
  return { rows, columns, weights, records };
}

/** Settings block of the linear law with cycle noise. */
function settingsOf({ weights, records, columns }: Cells, noise: number, law = 0) {
  const [at, recordsAt, settings] = [place(weights), place(records), kernels.allocate(128)];
  kernels.i32(settings, 32).set([at, recordsAt, 0, columns, law]);
  kernels.f32(settings, 32)[5] = noise;
  kernels.i32(settings, 32).set([3, 4, 5, 6, 7], 7);
  return { at, recordsAt, settings };
}

/** Twin of pulses on one cell: x += alpha (1 + slope x + noise xi), clipped; one rounding per operation. */
function pulse({ weights, records }: Cells, cell: number, count: number, noise: number, draw: () => number): void {
  const up = count > 0;
  const [alpha, slope] = up ? [records[8 * cell]!, records[8 * cell + 1]!] : [-records[8 * cell + 3]!, records[8 * cell + 4]!];
  const reference = records[8 * cell + 6]!;
  let x = fround(weights[cell]! + reference);
  for (let k = 0; k < Math.abs(count); k++) {
    let factor = fround(1 + fround(slope * x));
    if (noise !== 0) factor = fround(factor + fround(fround(noise) * draw()));
    x = Math.min(records[8 * cell + 2]!, Math.max(records[8 * cell + 5]!, fround(x + fround(alpha * factor))));
  }
  weights[cell] = fround(x - reference);
  records[8 * cell + 7] = records[8 * cell + 7]! + Math.abs(count);
}

/** Normals in the order the kernel draws them. */
function drawer(): () => number {
  const at = kernels.allocate(4 * 4096);
  kernels.normals(at, 4096, 3, 4, 0, 5, 6, 7);
  const all = kernels.f32(at, 4096).slice();
  let next = 0;
  return () => all[next++]!;
}

describe('pulseCounts', () => {
  test.each([0, 0.3])('equals its twin with cycle noise %d', (noise) => {
    fc.assert(
      fc.property(seed, fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }), (from, rows, columns) =>
        scoped(() => {
          const cells = cellsFrom(from, rows, columns);
          const { at, recordsAt, settings } = settingsOf(cells, noise);
          const stream = createStream(from + 1, purposes.sampling);
          const counts = Int32Array.from({ length: rows * columns }, () => stream.integer(7) - 3);
          const countsAt = kernels.allocate(4 * counts.length);
          kernels.i32(countsAt, counts.length).set(counts);
          kernels.pulseCounts(settings, countsAt, 0, 0, rows, columns);
          const draw = drawer();
          for (const [cell, count] of counts.entries()) if (count !== 0) pulse(cells, cell, count, noise, draw);
          expect(kernels.f32(at, counts.length)).toEqual(cells.weights);
          expect(kernels.f32(recordsAt, cells.records.length)).toEqual(cells.records);
          expect(kernels.i32(settings, 32)[24]).toBe(counts.reduce((sum, count) => sum + Math.abs(count), 0));
        }),
      ),
      few,
    );
  });
});

describe('pulseTrains', () => {
  test('pulses common slots, up where signs agree', () => {
    fc.assert(
      fc.property(
        seed,
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 3 }),
        (from, m, n, words) =>
          scoped(() => {
            const cells = cellsFrom(from, 12, 14);
            const { at, settings } = settingsOf(cells, 0);
            const stream = createStream(from + 1, purposes.sampling);
            const side = (count: number, total: number) => {
              const stride = Math.ceil(count / 4) * 4;
              const lines = stream.shuffle(Array.from({ length: total }, (_, i) => i)).slice(0, count);
              const bits = new Int32Array(stride * words);
              for (let w = 0; w < words; w++)
                for (let i = 0; i < count; i++) bits[w * stride + i] = stream.word() & stream.word();
              return { lines, signs: lines.map(() => stream.integer(2)), bits, stride };
            };
            const put = (values: ArrayLike<number>) => {
              const pointer = kernels.allocate(4 * Math.ceil(values.length / 4) * 4);
              kernels.i32(pointer, values.length).set(values);
              return pointer;
            };
            const [rows, columns] = [side(m, 12), side(n, 14)];
            const lists = [rows, columns].map(({ lines, bits, signs }) => [put(lines), put(bits), put(signs)] as const);
            const [[a, b, c], [d, e, f]] = lists as [(typeof lists)[0], (typeof lists)[0]];
            kernels.pulseTrains(settings, a, b, c, m, d, e, f, n, words);
            for (let i = 0; i < m; i++) {
              for (let j = 0; j < n; j++) {
                let count = 0;
                for (let w = 0; w < words; w++) {
                  let common = (rows.bits[w * rows.stride + i]! & columns.bits[w * columns.stride + j]!) >>> 0;
                  for (; common !== 0; common = (common & (common - 1)) >>> 0) count++;
                }
                const direction = rows.signs[i] === columns.signs[j] ? 1 : -1;
                if (count > 0) pulse(cells, rows.lines[i]! * 14 + columns.lines[j]!, direction * count, 0, () => 0);
              }
            }
            expect(kernels.f32(at, 12 * 14)).toEqual(cells.weights);
          }),
      ),
      few,
    );
  });
});

describe('pulseVerified', () => {
  test('stops at the target, or at the limit', () => {
    scoped(() => {
      const cells = cellsFrom(1, 1, 3);
      cells.weights.fill(0);
      const { at, settings } = settingsOf(cells, 0.2);
      const counts = kernels.allocate(16);
      kernels.i32(counts, 3).set([3, 0, 90]);
      expect(kernels.pulseVerified(settings, counts, 0, 0, 1, 3, 0.1, 0.06, 40)).toBe(1);
      const [first, second] = kernels.f32(at, 3);
      expect(Math.abs(first! - 0.3)).toBeLessThanOrEqual(0.06);
      expect(second).toBe(0);
      expect([...kernels.i32(counts, 3)].slice(1)).toEqual([0, 40]);
    });
  });
});

describe('lineSums', () => {
  test('sums conductances in series with their access, never negative ones', () => {
    fc.assert(
      fc.property(seed, fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }), (from, rows, columns) =>
        scoped(() => {
          const { weights } = cellsFrom(from, rows, columns);
          const references = cellsFrom(from + 1, rows, columns).weights;
          const [rowS, columnS] = [kernels.allocate(4 * rows), kernels.allocate(4 * columns)];
          kernels.lineSums(rowS, columnS, place(weights), place(references), rows, columns, 0.5, 1, 0.2);
          const g = weights.map((w, i) => Math.max(0, 0.5 + w + references[i]!)).map((s) => s / (1 + 0.2 * s));
          for (let r = 0; r < rows; r++)
            expect(kernels.f32(rowS, rows)[r]).toBeCloseTo(
              g.subarray(r * columns, (r + 1) * columns).reduce((a, b) => a + b, 0),
              4,
            );
          for (let c = 0; c < columns; c++) {
            let sum = 0;
            for (let r = 0; r < rows; r++) sum += g[r * columns + c]!;
            expect(kernels.f32(columnS, columns)[c]).toBeCloseTo(sum, 4);
          }
        }),
      ),
      few,
    );
  });
});

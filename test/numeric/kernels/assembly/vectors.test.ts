import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planTrains } from '../../../../src/machine/train-plan.ts';
import { kernels, place, placeMatrix, scoped, seed, size } from '../../kernel-memory.ts';

const few = { seed: 20_250_101, numRuns: 60 };

test('rowExtremes gives the smallest and the largest of each row and 0, without NaN', () => {
  fc.assert(
    fc.property(seed, fc.integer({ min: 1, max: 4 }), size, (from, m, k) =>
      scoped(() => {
        const x = placeMatrix(from, m, k);
        if (k > 0) kernels.f32(x.pointer, k)[Math.floor(k / 2)] = NaN;
        const out = kernels.allocate(8 * m);
        kernels.rowExtremes(out, x.pointer, m, k);
        const rows = Array.from({ length: m }, (_, i) =>
          [...kernels.f32(x.pointer + 4 * i * k, k)].filter((v) => !Number.isNaN(v)),
        );
        expect([...kernels.f32(out, 2 * m)]).toEqual(rows.flatMap((row) => [Math.min(0, ...row), Math.max(0, ...row)]));
      }),
    ),
    few,
  );
});

const [rows, columns, unit, sequence] = [11, 6, 0.01, 9];
const padded = (lines: number) => Math.ceil(lines / 8) * 8;

interface Managed {
  readonly updateLength: number;
  readonly updateManagement: boolean;
  readonly lengthManagement: boolean;
}

function planOf({ updateLength, updateManagement, lengthManagement }: Managed): number {
  const plan = kernels.allocate(32);
  new Float64Array(kernels.memory.buffer, plan, 1)[0] = unit;
  kernels.i32(plan, 8).set([updateLength, Number(updateManagement), Number(lengthManagement), 3, 4, sequence], 2);
  return plan;
}

const sides = (lines: number) => kernels.allocate(4 * padded(lines) * 7);

/** Twin of one side: chances in f64 stored as f32, trains of trainBits, lines that fire. */
function trainsOf(values: Float32Array, factor: number, length: number, side: number, inverted: boolean, vector: number) {
  const chances = [...values].map((v) => factor * Math.abs(v));
  const lines = chances.flatMap((chance, line) => (chance > 0 ? [line] : []));
  const held = new Float32Array(padded(lines.length));
  held.set(lines.map((line) => chances[line]!));
  const words = Math.ceil(length / 32);
  const at = place(held);
  const trains = Array.from({ length: words }, (_, word) => {
    const bits = kernels.allocate(4 * held.length);
    kernels.trainBits(bits, at, lines.length, Math.min(32, length - 32 * word), 3, 4, (side << 3) | word, sequence, vector);
    return [...kernels.i32(bits, lines.length)];
  });
  return lines
    .map((line, i) => ({ line, sign: values[line]! < 0 !== inverted ? 1 : 0, bits: trains.map((word) => word[i]!) }))
    .filter(({ bits }) => bits.some((word) => word !== 0));
}

describe('fireVector', () => {
  test('plans as planTrains and keeps the lines that fire', () => {
    fc.assert(
      fc.property(
        seed,
        fc.record({
          updateLength: fc.constantFrom(1, 5, 31, 70),
          updateManagement: fc.boolean(),
          lengthManagement: fc.boolean(),
        }),
        fc.constantFrom(0.02, -0.1, 0, 1e-4),
        (from, managed, scale) =>
          scoped(() => {
            const [x, d] = [placeMatrix(from, 1, rows), placeMatrix(from + 1, 1, columns)];
            kernels.f32(x.pointer, rows)[3] = x.data[3] = 0;
            const extremes = [kernels.allocate(8), kernels.allocate(8)] as const;
            kernels.rowExtremes(extremes[0], x.pointer, 1, rows);
            kernels.rowExtremes(extremes[1], d.pointer, 1, columns);
            const [plan, result, rowBase, columnBase] = [planOf(managed), kernels.allocate(32), sides(rows), sides(columns)];
            kernels.fireVector(
              ...([plan, result, scale, x.pointer, extremes[0], rows, rowBase] as const),
              ...([d.pointer, extremes[1], columns, columnBase, 2] as const),
            );
            const largest = (values: Float32Array) => values.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
            const { length, rowFactor, columnFactor } = planTrains(
              managed,
              Math.abs(scale),
              unit,
              largest(x.data),
              largest(d.data),
            );
            expect(kernels.i32(result, 1)[0]).toBe(length);
            if (length === 0) return;
            const expected = [
              trainsOf(x.data, rowFactor, length, 0, false, 2),
              trainsOf(d.data, columnFactor, length, 1, scale < 0, 2),
            ] as const;
            const counts = kernels.i32(result, 6).slice();
            for (const [side, base, lines] of [
              [0, rowBase, rows],
              [1, columnBase, columns],
            ] as const) {
              const kept = expected[side];
              expect(counts[4 + side]).toBe(kept.length);
              const bytes = 4 * padded(lines);
              expect([...kernels.i32(base + bytes, kept.length)]).toEqual(kept.map(({ line }) => line));
              expect([...kernels.i32(base + 2 * bytes, kept.length)]).toEqual(kept.map(({ sign }) => sign));
              const stride = Math.ceil(kept.length / 4) * 4;
              for (let word = 0; word < Math.ceil(length / 32); word++)
                expect([...kernels.i32(base + 3 * bytes + 4 * word * stride, kept.length)]).toEqual(
                  kept.map(({ bits }) => bits[word]),
                );
              const ones = kept
                .flatMap(({ bits }) => bits)
                .reduce((sum, word) => sum + [...(word >>> 0).toString(2)].filter((c) => c === '1').length, 0);
              expect(counts[2 + side]).toBe(ones);
            }
          }),
      ),
      few,
    );
  });
});

/** Cells of the linear law (0) or another, with cycle noise, and written states apart from visible ones where `persistent`. */
function cellsOf(from: number, law: number, noise: number, persistent: boolean) {
  const count = rows * columns;
  const [weights, truth] = [placeMatrix(from + 7, 1, count).pointer, persistent ? placeMatrix(from + 7, 1, count).pointer : 0];
  const records = kernels.allocate(32 * count);
  for (let i = 0; i < count; i++)
    kernels.f32(records + 32 * i, 8).set([0.1 + 0.01 * (i % 5), -0.4, 1, 0.1, 0.5, -1, 0.05 * (i % 3), 0]);
  const settings = kernels.allocate(128);
  kernels.i32(settings, 32).set([weights, records, truth, columns, law]);
  kernels.f32(settings, 32).set([noise, persistent ? 0.3 : 0], 5);
  kernels.i32(settings, 32).set([3, 4, sequence, 0, 8], 7);
  const state = () => [weights, records, truth].map((at, k) => [...kernels.f32(at, at === 0 ? 0 : count * (k === 1 ? 8 : 1))]);
  return { settings, state };
}

describe('pulseVectors', () => {
  test('is fireVector and pulseTrains, vector after vector', () => {
    const n = 3;
    fc.assert(
      fc.property(
        seed,
        fc.record({
          updateLength: fc.constantFrom(1, 5, 70),
          updateManagement: fc.boolean(),
          lengthManagement: fc.boolean(),
        }),
        fc.constantFrom(0.002, -0.02, 0.3),
        fc.constantFrom(0, 1),
        fc.constantFrom(0, 0.4),
        fc.boolean(),
        (from, managed, scale, law, noise, persistent) =>
          scoped(() => {
            const [x, d] = [placeMatrix(from, n, rows).pointer, placeMatrix(from + 1, n, columns).pointer];
            const [xSides, dSides, scales] = [kernels.allocate(8 * n), kernels.allocate(8 * n), kernels.allocate(8 * n)];
            kernels.rowExtremes(xSides, x, n, rows);
            kernels.rowExtremes(dSides, d, n, columns);
            new Float64Array(kernels.memory.buffer, scales, n).fill(scale);
            const [plan, results, rowBase, columnBase] = [planOf(managed), kernels.allocate(32 * n), sides(rows), sides(columns)];
            const together = cellsOf(from, law, noise, persistent);
            kernels.pulseVectors(
              ...([
                together.settings,
                plan,
                results,
                scales,
                x,
                xSides,
                rows,
                rowBase,
                d,
                dSides,
                columns,
                columnBase,
                n,
              ] as const),
            );
            const all = kernels.i32(results, 8 * n).slice();
            const apart = cellsOf(from, law, noise, persistent);
            const [rowBytes, columnBytes] = [4 * padded(rows), 4 * padded(columns)];
            for (let v = 0; v < n; v++) {
              kernels.fireVector(
                ...([plan, results, scale, x + 4 * v * rows, xSides + 8 * v, rows, rowBase] as const),
                ...([d + 4 * v * columns, dSides + 8 * v, columns, columnBase, v] as const),
              );
              const [length, , , , rowLines, columnLines] = kernels.i32(results, 6);
              kernels.i32(apart.settings, 32)[10] = v;
              kernels.pulseTrains(
                ...([apart.settings, rowBase + rowBytes, rowBase + 3 * rowBytes, rowBase + 2 * rowBytes, rowLines!] as const),
                ...([
                  columnBase + columnBytes,
                  columnBase + 3 * columnBytes,
                  columnBase + 2 * columnBytes,
                  columnLines!,
                ] as const),
                Math.ceil(length! / 32),
              );
              const fires = rowLines! > 0 && columnLines! > 0;
              expect(all[8 * v + 1]).toBe(fires ? kernels.i32(apart.settings, 32)[24] : 0);
            }
            expect(together.state()).toEqual(apart.state());
          }),
      ),
      { ...few, numRuns: 100 },
    );
  });
});

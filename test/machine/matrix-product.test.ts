import fc from 'fast-check';
import { expect, test } from 'vitest';
import { operation, spm, testBench } from './support.ts';

const size = fc.integer({ min: 1, max: 20 });

test('the product of two matrices, either of them as it lies or the second transposed, on top of what is there', () => {
  fc.assert(
    fc.property(size, size, size, fc.boolean(), fc.boolean(), (rows, length, columns, transposed, adds) => {
      const bench = testBench();
      const left = Float32Array.from({ length: rows * length }, (_, at) => Math.sin(at + 1));
      const right = Float32Array.from({ length: length * columns }, (_, at) => Math.cos(at));
      const before = Float32Array.from({ length: rows * columns }, (_, at) => at / 7);
      const [a, b, d] = [0, 2048, 4096];
      bench.put(a, left);
      bench.put(b, right);
      bench.put(d, before);
      const flags = [...(transposed ? ['T'] : []), ...(adds ? ['ACC'] : [])];
      bench.machine.execute(operation('MMD', { a: spm(a), b: spm(b), d: spm(d), flags, rows, columns, length }));
      const found = bench.floats(d, rows * columns);
      for (let row = 0; row < rows; row++)
        for (let column = 0; column < columns; column++) {
          let wanted = adds ? before[row * columns + column]! : 0;
          for (let k = 0; k < length; k++)
            wanted += left[row * length + k]! * right[transposed ? column * length + k : k * columns + column]!;
          expect(found[row * columns + column]!).toBeCloseTo(wanted, 4);
        }
    }),
    { numRuns: 40, seed: 4 },
  );
});

test('bf16 operands are rounded once, and a product may replace a factor', () => {
  const bench = testBench();
  bench.machine.execute(operation('QNT', { fn: 'to-bf16', a: spm(512), d: spm(0), length: 4 }));
  bench.put(256, [1.5, 2, 3, -4]);
  bench.machine.execute(operation('QNT', { fn: 'to-bf16', a: spm(256), d: spm(0), length: 4 }));
  bench.machine.execute(operation('MMD', { a: spm(0), b: spm(0), d: spm(0), format: 'bf16', rows: 2, columns: 2, length: 2 }));
  bench.machine.execute(operation('QNT', { fn: 'to-f32', a: spm(0), d: spm(64), format: 'bf16', length: 4 }));
  expect([...bench.floats(64, 4)]).toEqual([8.25, -5, -7.5, 22]);
});

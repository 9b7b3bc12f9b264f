import fc from 'fast-check';
import { expect, test } from 'vitest';
import { philox } from '../../../../src/numeric/philox.ts';
import { gap, kernels, place, placeMatrix, run, scoped, seed, size, word } from '../../kernel-memory.ts';
import * as twins from '../../twins.ts';

test('normals equal their twin bit for bit, and write no further', () => {
  fc.assert(
    fc.property(size, word, word, word, word, word, word, (count, key0, key1, start, c1, c2, c3) =>
      scoped(() => {
        const out = place(new Float32Array(count + 4));
        kernels.normals(out, count, key0, key1, start, c1, c2, c3);
        const expected = Float32Array.from({ length: count + 4 }, (_, i) =>
          i < count ? twins.normalAt({ key0, key1 }, i, start, c1, c2, c3) : 0,
        );
        expect(kernels.f32(out, count + 4)).toEqual(expected);
      }),
    ),
    run,
  );
});

test('uniforms are the top bits of the words, counter by counter, and no more of them', () => {
  fc.assert(
    fc.property(size, word, word, word, word, word, word, (count, key0, key1, start, c1, c2, c3) =>
      scoped(() => {
        const out = place(new Float32Array(count + 4));
        kernels.uniforms(out, count, key0, key1, start, c1, c2, c3);
        const expected = Float32Array.from({ length: count + 4 }, (_, i) =>
          i < count ? (philox(key0, key1, start + (i >> 2), c1, c2, c3)[i & 3]! >>> 8) * 2 ** -24 : 0,
        );
        expect(kernels.f32(out, count + 4)).toEqual(expected);
      }),
    ),
    run,
  );
});

test('addRowNoise adds the normals of the positions i n + j', () => {
  fc.assert(
    fc.property(size, size, gap, seed, word, word, word, (m, n, gap, seed, key0, key1, start) =>
      scoped(() => {
        const y = placeMatrix(seed, m, n, gap);
        const sigma = placeMatrix(seed + 1, m, 1);
        kernels.addRowNoise(y.pointer, sigma.pointer, m, n, y.stride, key0, key1, start, 1, 2, 3);
        for (let i = 0; i < m; i++) {
          for (let j = 0; j < n; j++) {
            const noise = twins.normalAt({ key0, key1 }, i * n + j, start, 1, 2, 3);
            y.data[i * y.stride + j] = y.data[i * y.stride + j]! + Math.fround(sigma.data[i]! * noise);
          }
        }
        expect(kernels.f32(y.pointer, y.data.length)).toEqual(y.data);
      }),
    ),
    { ...run, numRuns: 60 },
  );
});

test.each(['normalGrid', 'uniformGrid'] as const)('%s equals its twin element by element', (name) => {
  const twin = name === 'normalGrid' ? twins.normalGridAt : twins.uniformGridAt;
  fc.assert(
    fc.property(size, size, gap, word, word, word, word, (rows, columns, gap, row0, column0, key0, event) =>
      scoped(() => {
        const stride = columns + gap;
        const out = place(new Float32Array(rows * stride));
        kernels[name](out, rows, columns, stride, row0, column0, key0, 5, 6, event);
        const expected = new Float32Array(rows * stride);
        for (let r = 0; r < rows; r++)
          for (let c = 0; c < columns; c++) expected[r * stride + c] = twin({ key0, key1: 5 }, row0 + r, column0 + c, 6, event);
        expect(kernels.f32(out, rows * stride)).toEqual(expected);
      }),
    ),
    { ...run, numRuns: 60 },
  );
});

test('a grid cut into tiles is the grid', () => {
  scoped(() => {
    const [rows, columns] = [21, 37];
    const whole = kernels.allocate(4 * rows * columns);
    const tiled = kernels.allocate(4 * rows * columns);
    kernels.normalGrid(whole, rows, columns, columns, 100, 200, 1, 2, 3, 4);
    for (let r = 0; r < rows; r += 8)
      for (let c = 0; c < columns; c += 10) {
        const at = tiled + 4 * (r * columns + c);
        kernels.normalGrid(at, Math.min(8, rows - r), Math.min(10, columns - c), columns, 100 + r, 200 + c, 1, 2, 3, 4);
      }
    expect(kernels.f32(tiled, rows * columns)).toEqual(kernels.f32(whole, rows * columns));
  });
});

/** Standard normal distribution function by quadrature-free series: Marsaglia 2004, exact to 1e-15 for |x| < 7. */
function normalCdf(x: number): number {
  let term = x;
  let sum = x;
  for (let i = 3; Math.abs(term) > 1e-18; i += 2) {
    term *= (x * x) / i;
    sum += term;
  }
  return 0.5 + sum * Math.exp(-0.5 * x * x - 0.9189385332046727);
}

test.each(['normals', 'normalGrid'] as const)('%s are standard normal: Kolmogorov-Smirnov, moments, tails', (name) => {
  scoped(() => {
    const side = 1000;
    const count = side * side;
    const out = kernels.allocate(4 * count);
    if (name === 'normals') kernels.normals(out, count, 11, 12, 0, 1, 2, 3);
    else kernels.normalGrid(out, side, side, side, 0, 0, 11, 12, 1, 2);
    const sorted = kernels.f32(out, count).slice().sort();
    const power = (n: number): number => sorted.reduce((sum, z) => sum + z ** n, 0) / count;
    let distance = 0;
    sorted.forEach((z, i) => {
      distance = Math.max(distance, Math.abs(normalCdf(z) - (i + 0.5) / count));
    });
    // Kolmogorov: P(distance > 1.95 / sqrt(n)) = 0.001
    expect(distance).toBeLessThan(1.95 / Math.sqrt(count));
    // four standard errors: var z = 1, z^2: 2, z^3: 15, z^4: 96
    expect(Math.abs(power(1))).toBeLessThan(4e-3);
    expect(Math.abs(power(2) - 1)).toBeLessThan(4e-3 * Math.SQRT2);
    expect(Math.abs(power(3))).toBeLessThan(4e-3 * Math.sqrt(15));
    expect(Math.abs(power(4) - 3)).toBeLessThan(4e-3 * Math.sqrt(96));
    const beyond4 = sorted.filter((z) => Math.abs(z) > 4).length;
    const expected = 2 * count * normalCdf(-4);
    expect(Math.abs(beyond4 - expected)).toBeLessThan(4 * Math.sqrt(expected));
  });
});

test('neighbouring normals, streams and keys are uncorrelated', () => {
  scoped(() => {
    const count = 200_000;
    const [first, otherStream, otherKey] = [
      kernels.allocate(4 * count),
      kernels.allocate(4 * count),
      kernels.allocate(4 * count),
    ];
    kernels.normals(first, count, 1, 2, 0, 0, 0, 0);
    kernels.normals(otherStream, count, 1, 2, 0, 1, 0, 0);
    kernels.normals(otherKey, count, 2, 2, 0, 0, 0, 0);
    const z = kernels.f32(first, count);
    const correlation = (other: Float32Array): number => other.reduce((sum, value, i) => sum + value * z[i]!, 0) / other.length;
    const limit = 4 / Math.sqrt(count);
    for (const lag of [1, 2, 3, 4, 16]) expect(Math.abs(correlation(z.subarray(lag)))).toBeLessThan(limit);
    expect(Math.abs(correlation(kernels.f32(otherStream, count)))).toBeLessThan(limit);
    expect(Math.abs(correlation(kernels.f32(otherKey, count)))).toBeLessThan(limit);
  });
});

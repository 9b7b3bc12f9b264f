import { createKernels } from '../../src/numeric/create-kernels.ts';
import type { Kernels } from '../../src/numeric/kernels.ts';

const sides = [64, 128, 256] as const;
const batches = [1, 32, 256] as const;
const passes = 15;

/** Fewest seconds that one call of `work` took, over passes of about `calls` calls each: what the machine can do undisturbed. */
function bestSeconds(calls: number, work: () => void): number {
  let best = Number.POSITIVE_INFINITY;
  for (let pass = 0; pass < passes; pass++) {
    const started = performance.now();
    for (let call = 0; call < calls; call++) work();
    best = Math.min(best, (performance.now() - started) / calls);
  }
  return best / 1000;
}

/** GFLOP/s (multiply and add counted apart) of C[batch x side] = A[batch x side] B[side x side], packing left out. */
export function gemmRate(kernels: Kernels, side: number, batch: number): number {
  const mark = kernels.mark();
  const a = kernels.allocate(4 * batch * side);
  const b = kernels.allocate(4 * side * side);
  const c = kernels.allocate(4 * batch * side);
  const packed = kernels.allocate(kernels.packedBytes(side, side));
  kernels.normals(a, batch * side, 1, 2, 0, 0, 0, 0);
  kernels.normals(b, side * side, 1, 2, 0, 1, 0, 0);
  kernels.pack(packed, b, side, side, side);
  const operations = 2 * batch * side * side;
  const seconds = bestSeconds(Math.ceil(2e7 / operations), () =>
    kernels.gemm(c, a, packed, batch, side, side, side, side, false),
  );
  kernels.release(mark);
  return operations / seconds / 1e9;
}

/** Nanoseconds per standard normal, in sequence and on a grid. */
export function normalCosts(kernels: Kernels): { readonly sequence: number; readonly grid: number } {
  const mark = kernels.mark();
  const side = 256;
  const count = side * side;
  const out = kernels.allocate(4 * count);
  const sequence = bestSeconds(4, () => kernels.normals(out, count, 1, 2, 0, 0, 0, 0));
  const grid = bestSeconds(4, () => kernels.normalGrid(out, side, side, side, 0, 0, 1, 2, 0, 0));
  kernels.release(mark);
  return { sequence: (sequence / count) * 1e9, grid: (grid / count) * 1e9 };
}

/** Prints the speed of the kernels that everything else waits for; targets: GEMM 24 GFLOP/s, 3 ns a normal. */
export function benchGemm(print: (line: string) => void): void {
  const kernels = createKernels();
  for (const side of sides) {
    const rates = batches.map((batch) => `batch ${batch}: ${gemmRate(kernels, side, batch).toFixed(1)}`);
    print(`gemm ${side}x${side}  ${rates.join('  ')} GFLOP/s`);
  }
  const { sequence, grid } = normalCosts(kernels);
  print(`normals ${sequence.toFixed(2)} ns, ${(1 / sequence).toFixed(2)} G/s;  on a grid ${grid.toFixed(2)} ns`);
}

import { loadPartial, storePartial } from './partial';

/**
 * Every element of C is ((start + a0 b0) + a1 b1) + … with one rounding per operation, whatever the blocking: a block along k
 * resumes from C. So neither the batch size nor the block sizes change a bit.
 */

/** Rows of k that keep a panel (8 floats wide) and four rows of A in a 32 KiB level-1 cache. */
const K_BLOCK: i32 = 384;
/** Rows of A that stay in the level-2 cache while all panels pass. */
const M_BLOCK: i32 = 128;

function block4x8(c: usize, a: usize, b: usize, k: i32, rowBytesC: usize, rowBytesA: usize, columns: i32, resume: bool): void {
  const c1 = c + rowBytesC;
  const c2 = c1 + rowBytesC;
  const c3 = c2 + rowBytesC;
  let s00 = f32x4.splat(0);
  let s01 = s00, s10 = s00, s11 = s00, s20 = s00, s21 = s00, s30 = s00, s31 = s00;
  if (resume) {
    s00 = loadPartial(c, columns);
    s01 = loadPartial(c + 16, columns - 4);
    s10 = loadPartial(c1, columns);
    s11 = loadPartial(c1 + 16, columns - 4);
    s20 = loadPartial(c2, columns);
    s21 = loadPartial(c2 + 16, columns - 4);
    s30 = loadPartial(c3, columns);
    s31 = loadPartial(c3 + 16, columns - 4);
  }
  let a0 = a;
  let a1 = a0 + rowBytesA;
  let a2 = a1 + rowBytesA;
  let a3 = a2 + rowBytesA;
  const end = b + ((<usize>k) << 5);
  while (b < end) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    let x = v128.load32_splat(a0);
    s00 = f32x4.add(s00, f32x4.mul(x, b0));
    s01 = f32x4.add(s01, f32x4.mul(x, b1));
    x = v128.load32_splat(a1);
    s10 = f32x4.add(s10, f32x4.mul(x, b0));
    s11 = f32x4.add(s11, f32x4.mul(x, b1));
    x = v128.load32_splat(a2);
    s20 = f32x4.add(s20, f32x4.mul(x, b0));
    s21 = f32x4.add(s21, f32x4.mul(x, b1));
    x = v128.load32_splat(a3);
    s30 = f32x4.add(s30, f32x4.mul(x, b0));
    s31 = f32x4.add(s31, f32x4.mul(x, b1));
    a0 += 4;
    a1 += 4;
    a2 += 4;
    a3 += 4;
    b += 32;
  }
  storePartial(c, s00, columns);
  storePartial(c + 16, s01, columns - 4);
  storePartial(c1, s10, columns);
  storePartial(c1 + 16, s11, columns - 4);
  storePartial(c2, s20, columns);
  storePartial(c2 + 16, s21, columns - 4);
  storePartial(c3, s30, columns);
  storePartial(c3 + 16, s31, columns - 4);
}

function block1x8(c: usize, a: usize, b: usize, k: i32, columns: i32, resume: bool): void {
  let s0 = f32x4.splat(0);
  let s1 = s0;
  if (resume) {
    s0 = loadPartial(c, columns);
    s1 = loadPartial(c + 16, columns - 4);
  }
  const end = b + ((<usize>k) << 5);
  while (b < end) {
    const x = v128.load32_splat(a);
    s0 = f32x4.add(s0, f32x4.mul(x, v128.load(b)));
    s1 = f32x4.add(s1, f32x4.mul(x, v128.load(b, 16)));
    a += 4;
    b += 32;
  }
  storePartial(c, s0, columns);
  storePartial(c + 16, s1, columns - 4);
}

/** One row against four full panels at once: eight independent sums hide the latency of the additions. */
function block1x32(c: usize, a: usize, b: usize, k: i32, panelBytes: usize, resume: bool): void {
  let s0 = f32x4.splat(0);
  let s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0, s6 = s0, s7 = s0;
  if (resume) {
    s0 = v128.load(c);
    s1 = v128.load(c, 16);
    s2 = v128.load(c, 32);
    s3 = v128.load(c, 48);
    s4 = v128.load(c, 64);
    s5 = v128.load(c, 80);
    s6 = v128.load(c, 96);
    s7 = v128.load(c, 112);
  }
  let p1 = b + panelBytes;
  let p2 = p1 + panelBytes;
  let p3 = p2 + panelBytes;
  const end = b + ((<usize>k) << 5);
  while (b < end) {
    const x = v128.load32_splat(a);
    s0 = f32x4.add(s0, f32x4.mul(x, v128.load(b)));
    s1 = f32x4.add(s1, f32x4.mul(x, v128.load(b, 16)));
    s2 = f32x4.add(s2, f32x4.mul(x, v128.load(p1)));
    s3 = f32x4.add(s3, f32x4.mul(x, v128.load(p1, 16)));
    s4 = f32x4.add(s4, f32x4.mul(x, v128.load(p2)));
    s5 = f32x4.add(s5, f32x4.mul(x, v128.load(p2, 16)));
    s6 = f32x4.add(s6, f32x4.mul(x, v128.load(p3)));
    s7 = f32x4.add(s7, f32x4.mul(x, v128.load(p3, 16)));
    a += 4;
    b += 32;
    p1 += 32;
    p2 += 32;
    p3 += 32;
  }
  v128.store(c, s0);
  v128.store(c, s1, 16);
  v128.store(c, s2, 32);
  v128.store(c, s3, 48);
  v128.store(c, s4, 64);
  v128.store(c, s5, 80);
  v128.store(c, s6, 96);
  v128.store(c, s7, 112);
}

/** One row of C. */
function gemv(c: usize, a: usize, packed: usize, k: i32, n: i32, resume: bool): void {
  const panelBytes: usize = (<usize>k) << 5;
  let j = 0;
  for (; j + 32 <= n; j += 32) {
    block1x32(c, a, packed, k, panelBytes, resume);
    c += 128;
    packed += panelBytes << 2;
  }
  for (; j < n; j += 8) {
    block1x8(c, a, packed, k, n - j, resume);
    c += 32;
    packed += panelBytes;
  }
}

/** C[m x n] = A[m x k] * packed B (+ C). */
export function gemm(
  c: usize, a: usize, packed: usize, m: i32, k: i32, n: i32, ldc: i32, lda: i32, accumulate: bool,
): void {
  const rowBytesC: usize = (<usize>ldc) << 2;
  const rowBytesA: usize = (<usize>lda) << 2;
  if (m < 4) {
    for (let i = 0; i < m; ++i) gemv(c + (<usize>i) * rowBytesC, a + (<usize>i) * rowBytesA, packed, k, n, accumulate);
    return;
  }
  const panelBytes: usize = (<usize>k) << 5;
  let kStart = 0;
  do {
    const kLength = min(k - kStart, K_BLOCK);
    const resume = accumulate || kStart > 0;
    for (let iStart = 0; iStart < m; iStart += M_BLOCK) {
      const iEnd = min(m, iStart + M_BLOCK);
      let panel = packed + ((<usize>kStart) << 5);
      for (let j = 0; j < n; j += 8) {
        let target = c + (<usize>iStart) * rowBytesC + ((<usize>j) << 2);
        let source = a + (<usize>iStart) * rowBytesA + ((<usize>kStart) << 2);
        let i = iStart;
        for (; i + 4 <= iEnd; i += 4) {
          block4x8(target, source, panel, kLength, rowBytesC, rowBytesA, n - j, resume);
          target += rowBytesC << 2;
          source += rowBytesA << 2;
        }
        for (; i < iEnd; ++i) {
          block1x8(target, source, panel, kLength, n - j, resume);
          target += rowBytesC;
          source += rowBytesA;
        }
        panel += panelBytes;
      }
    }
    kStart += K_BLOCK;
  } while (kStart < k);
}

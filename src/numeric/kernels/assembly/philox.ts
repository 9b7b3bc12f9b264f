/**
 * Philox4x32-10 on eight counters at once (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011), as two
 * interleaved groups of four: one alone waits for its multiplications. Twin: src/numeric/philox.ts.
 */

const MULTIPLIER_0: i32 = 0xd2511f53;
const MULTIPLIER_1: i32 = 0xcd9e8d57;
const WEYL_0: i32 = 0x9e3779b9;
const WEYL_1: i32 = 0xbb67ae85;

/** The words of the last call: word w of the first four counters at 16 w, of the other four at 64 + 16 w. */
export const words: usize = memory.data(128, 16);

/** Lanes of (a0 …) are the first four counters, of (b0 …) the other four. */
export function philox(a0: v128, a1: v128, b0: v128, b1: v128, c2: v128, c3: v128, key0: i32, key1: i32): void {
  const m0 = i32x4.splat(MULTIPLIER_0);
  const m1 = i32x4.splat(MULTIPLIER_1);
  let a2 = c2, a3 = c3, b2 = c2, b3 = c3;
  for (let round = 0; round < 10; ++round) {
    const k0 = i32x4.splat(key0);
    const k1 = i32x4.splat(key1);
    const aLow0 = i64x2.extmul_low_i32x4_u(a0, m0);
    const aHigh0 = i64x2.extmul_high_i32x4_u(a0, m0);
    const aLow1 = i64x2.extmul_low_i32x4_u(a2, m1);
    const aHigh1 = i64x2.extmul_high_i32x4_u(a2, m1);
    a0 = v128.xor(v128.shuffle<i32>(aLow1, aHigh1, 1, 3, 5, 7), v128.xor(a1, k0));
    a1 = v128.shuffle<i32>(aLow1, aHigh1, 0, 2, 4, 6);
    a2 = v128.xor(v128.shuffle<i32>(aLow0, aHigh0, 1, 3, 5, 7), v128.xor(a3, k1));
    a3 = v128.shuffle<i32>(aLow0, aHigh0, 0, 2, 4, 6);
    const bLow0 = i64x2.extmul_low_i32x4_u(b0, m0);
    const bHigh0 = i64x2.extmul_high_i32x4_u(b0, m0);
    const bLow1 = i64x2.extmul_low_i32x4_u(b2, m1);
    const bHigh1 = i64x2.extmul_high_i32x4_u(b2, m1);
    b0 = v128.xor(v128.shuffle<i32>(bLow1, bHigh1, 1, 3, 5, 7), v128.xor(b1, k0));
    b1 = v128.shuffle<i32>(bLow1, bHigh1, 0, 2, 4, 6);
    b2 = v128.xor(v128.shuffle<i32>(bLow0, bHigh0, 1, 3, 5, 7), v128.xor(b3, k1));
    b3 = v128.shuffle<i32>(bLow0, bHigh0, 0, 2, 4, 6);
    key0 += WEYL_0;
    key1 += WEYL_1;
  }
  v128.store(words, a0);
  v128.store(words, a1, 16);
  v128.store(words, a2, 32);
  v128.store(words, a3, 48);
  v128.store(words, b0, 64);
  v128.store(words, b1, 80);
  v128.store(words, b2, 96);
  v128.store(words, b3, 112);
}

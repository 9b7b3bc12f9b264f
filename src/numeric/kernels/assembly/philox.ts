/**
 * Philox4x32-10 on eight counters at once (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011), as two
 * interleaved groups of four: one alone waits for its multiplications. Twin: src/numeric/philox.ts.
 */

const MULTIPLIER_0: i32 = 0xd2511f53;
const MULTIPLIER_1: i32 = 0xcd9e8d57;
const WEYL_0: i32 = 0x9e3779b9;
const WEYL_1: i32 = 0xbb67ae85;
const ROUNDS: usize = 10;

/** The words of the last call: word w of the first four counters at 16 w, of the other four at 64 + 16 w. */
export const words: usize = memory.data(128, 16);

/** Keys of the rounds in all lanes: key 0 of round r at 32 r, key 1 at 32 r + 16; and the keys they come from. */
const keys: usize = memory.data(320, 16);
let keys0: i32 = 0;
let keys1: i32 = 0;
let keyed: bool = false;

/** Few keys come at a time: those of the last call are kept. */
// @ts-ignore: decorator
@inline
function useKeys(key0: i32, key1: i32): void {
  if (!keyed || key0 != keys0 || key1 != keys1) writeKeys(key0, key1);
}

function writeKeys(key0: i32, key1: i32): void {
  keys0 = key0;
  keys1 = key1;
  keyed = true;
  for (let at: usize = 0; at < 32 * ROUNDS; at += 32) {
    v128.store(keys + at, i32x4.splat(key0));
    v128.store(keys + at, i32x4.splat(key1), 16);
    key0 += WEYL_0;
    key1 += WEYL_1;
  }
}

/** High halves of products, xored: the new words 0 and 2. */
// @ts-ignore: decorator
@inline
function high(low: v128, upper: v128, other: v128, key: v128): v128 {
  return v128.xor(v128.shuffle<i32>(low, upper, 1, 3, 5, 7), v128.xor(other, key));
}

/** Low halves of products: the new words 1 and 3. */
// @ts-ignore: decorator
@inline
function low(lower: v128, upper: v128): v128 {
  return v128.shuffle<i32>(lower, upper, 0, 2, 4, 6);
}

/** Lanes of (a0 …) are the first four counters, of (b0 …) the other four. */
export function philox(a0: v128, a1: v128, b0: v128, b1: v128, c2: v128, c3: v128, key0: i32, key1: i32): void {
  useKeys(key0, key1);
  const m0 = i32x4.splat(MULTIPLIER_0);
  const m1 = i32x4.splat(MULTIPLIER_1);
  let a2 = c2, a3 = c3, b2 = c2, b3 = c3;
  for (let at = keys; at < keys + 32 * ROUNDS; at += 32) {
    const k0 = v128.load(at);
    const k1 = v128.load(at, 16);
    const aLow0 = i64x2.extmul_low_i32x4_u(a0, m0);
    const aHigh0 = i64x2.extmul_high_i32x4_u(a0, m0);
    const aLow1 = i64x2.extmul_low_i32x4_u(a2, m1);
    const aHigh1 = i64x2.extmul_high_i32x4_u(a2, m1);
    a0 = high(aLow1, aHigh1, a1, k0);
    a1 = low(aLow1, aHigh1);
    a2 = high(aLow0, aHigh0, a3, k1);
    a3 = low(aLow0, aHigh0);
    const bLow0 = i64x2.extmul_low_i32x4_u(b0, m0);
    const bHigh0 = i64x2.extmul_high_i32x4_u(b0, m0);
    const bLow1 = i64x2.extmul_low_i32x4_u(b2, m1);
    const bHigh1 = i64x2.extmul_high_i32x4_u(b2, m1);
    b0 = high(bLow1, bHigh1, b1, k0);
    b1 = low(bLow1, bHigh1);
    b2 = high(bLow0, bHigh0, b3, k1);
    b3 = low(bLow0, bHigh0);
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

/** What the counters (line, c1, c2, c3) of all lines have in common after two rounds; see beginLines. */
const shared: usize = memory.data(64, 16);

/**
 * Word 0 of counters (line, c1, c2, c3), line after line: the two rounds in which a line meets only half of the state are shortened, and
 * the last ones leave out what no word 0 takes.
 */
export function beginLines(c1: i32, c2: i32, c3: i32, key0: i32, key1: i32): void {
  useKeys(key0, key1);
  const first = <u64><u32>c2 * <u64><u32>MULTIPLIER_1;
  const second = <u64>(<u32>(first >> 32) ^ <u32>c1 ^ <u32>key0) * <u64><u32>MULTIPLIER_0;
  v128.store(shared, i32x4.splat(c3 ^ key1));
  v128.store(shared, i32x4.splat(<i32>first ^ (key0 + WEYL_0)), 16);
  v128.store(shared, i32x4.splat(<i32>(second >> 32) ^ (key1 + WEYL_1)), 32);
  v128.store(shared, i32x4.splat(<i32>second), 48);
}

/** Word 0 of lines line … line + 7 where philox puts it. */
export function drawLines(line: i32): void {
  const m0 = i32x4.splat(MULTIPLIER_0);
  const m1 = i32x4.splat(MULTIPLIER_1);
  const aLine = i32x4.add(i32x4.splat(line), i32x4(0, 1, 2, 3));
  const bLine = i32x4.add(i32x4.splat(line), i32x4(4, 5, 6, 7));
  let aLow0 = i64x2.extmul_low_i32x4_u(aLine, m0);
  let aHigh0 = i64x2.extmul_high_i32x4_u(aLine, m0);
  let bLow0 = i64x2.extmul_low_i32x4_u(bLine, m0);
  let bHigh0 = i64x2.extmul_high_i32x4_u(bLine, m0);
  const key = v128.load(shared);
  let a2 = v128.xor(v128.shuffle<i32>(aLow0, aHigh0, 1, 3, 5, 7), key);
  let b2 = v128.xor(v128.shuffle<i32>(bLow0, bHigh0, 1, 3, 5, 7), key);
  let a3 = low(aLow0, aHigh0);
  let b3 = low(bLow0, bHigh0);
  let aLow1 = i64x2.extmul_low_i32x4_u(a2, m1);
  let aHigh1 = i64x2.extmul_high_i32x4_u(a2, m1);
  let bLow1 = i64x2.extmul_low_i32x4_u(b2, m1);
  let bHigh1 = i64x2.extmul_high_i32x4_u(b2, m1);
  const key0 = v128.load(shared, 16);
  const key1 = v128.load(shared, 32);
  let a0 = v128.xor(v128.shuffle<i32>(aLow1, aHigh1, 1, 3, 5, 7), key0);
  let b0 = v128.xor(v128.shuffle<i32>(bLow1, bHigh1, 1, 3, 5, 7), key0);
  let a1 = low(aLow1, aHigh1);
  let b1 = low(bLow1, bHigh1);
  a2 = v128.xor(a3, key1);
  b2 = v128.xor(b3, key1);
  a3 = v128.load(shared, 48);
  b3 = a3;
  for (let at = keys + 64; at < keys + 32 * (ROUNDS - 1); at += 32) {
    const k0 = v128.load(at);
    const k1 = v128.load(at, 16);
    aLow0 = i64x2.extmul_low_i32x4_u(a0, m0);
    aHigh0 = i64x2.extmul_high_i32x4_u(a0, m0);
    aLow1 = i64x2.extmul_low_i32x4_u(a2, m1);
    aHigh1 = i64x2.extmul_high_i32x4_u(a2, m1);
    a0 = high(aLow1, aHigh1, a1, k0);
    a1 = low(aLow1, aHigh1);
    a2 = high(aLow0, aHigh0, a3, k1);
    a3 = low(aLow0, aHigh0);
    bLow0 = i64x2.extmul_low_i32x4_u(b0, m0);
    bHigh0 = i64x2.extmul_high_i32x4_u(b0, m0);
    bLow1 = i64x2.extmul_low_i32x4_u(b2, m1);
    bHigh1 = i64x2.extmul_high_i32x4_u(b2, m1);
    b0 = high(bLow1, bHigh1, b1, k0);
    b1 = low(bLow1, bHigh1);
    b2 = high(bLow0, bHigh0, b3, k1);
    b3 = low(bLow0, bHigh0);
  }
  const last = v128.load(keys, 32 * (ROUNDS - 1));
  v128.store(words, high(i64x2.extmul_low_i32x4_u(a2, m1), i64x2.extmul_high_i32x4_u(a2, m1), a1, last));
  v128.store(words, high(i64x2.extmul_low_i32x4_u(b2, m1), i64x2.extmul_high_i32x4_u(b2, m1), b1, last), 64);
}

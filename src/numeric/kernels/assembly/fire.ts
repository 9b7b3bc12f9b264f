import { loadPartial } from './partial';
import { beginLines, drawLines, words } from './philox';
import { fixedPoint, trainBits } from './trains';

/**
 * The lines of one side of an outer product that fire. Arrays of a side lie behind each other, each of `padded` lines: chances, lines,
 * signs, then the words of the trains.
 */
export function paddedBytes(lines: i32): usize {
  return (<usize>((lines + 7) & ~7)) << 2;
}

/** Bytes of the lanes that a mask of four selects, moved to the front; the others give 0. */
const compaction: usize = memory.data<u8>(
  [
    128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128,
    0, 1, 2, 3, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128,
    4, 5, 6, 7, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128,
    0, 1, 2, 3, 4, 5, 6, 7, 128, 128, 128, 128, 128, 128, 128, 128,
    8, 9, 10, 11, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128,
    0, 1, 2, 3, 8, 9, 10, 11, 128, 128, 128, 128, 128, 128, 128, 128,
    4, 5, 6, 7, 8, 9, 10, 11, 128, 128, 128, 128, 128, 128, 128, 128,
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 128, 128, 128, 128,
    12, 13, 14, 15, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128,
    0, 1, 2, 3, 12, 13, 14, 15, 128, 128, 128, 128, 128, 128, 128, 128,
    4, 5, 6, 7, 12, 13, 14, 15, 128, 128, 128, 128, 128, 128, 128, 128,
    0, 1, 2, 3, 4, 5, 6, 7, 12, 13, 14, 15, 128, 128, 128, 128,
    8, 9, 10, 11, 12, 13, 14, 15, 128, 128, 128, 128, 128, 128, 128, 128,
    0, 1, 2, 3, 8, 9, 10, 11, 12, 13, 14, 15, 128, 128, 128, 128,
    4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 128, 128, 128, 128,
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
  ],
  16,
);

/** Chances factor |values| in f64, stored as f32, of the lines whose chance is positive, and these lines; returns their bytes. */
function drawChances(values: usize, total: i32, factor: f64, chances: usize, lines: usize): usize {
  const factors = f64x2.splat(factor);
  let line = i32x4(0, 1, 2, 3);
  let count: usize = 0;
  for (let i = 0; i < total; i += 4) {
    const value = f32x4.abs(loadPartial(values, total - i));
    const low = f64x2.mul(factors, f64x2.promote_low_f32x4(value));
    const high = f64x2.mul(factors, f64x2.promote_low_f32x4(v128.shuffle<i64>(value, value, 1, 1)));
    const mask = i64x2.bitmask(f64x2.gt(low, f64x2.splat(0))) | (i64x2.bitmask(f64x2.gt(high, f64x2.splat(0))) << 2);
    const order = v128.load(compaction + ((<usize>mask) << 4));
    const narrow = v128.shuffle<i64>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 2);
    v128.store(chances + count, i8x16.swizzle(narrow, order));
    v128.store(lines + count, i8x16.swizzle(line, order));
    count += (<usize>popcnt<i32>(mask)) << 2;
    line = i32x4.add(line, i32x4.splat(4));
    values += 16;
  }
  return count;
}

/** The low 24 bits of each lane in reverse order. */
// @ts-ignore: decorator
@inline
function reversed24(word: v128): v128 {
  const nibbles = i8x16.splat(15);
  // reversed nibbles, in the high and in the low half of a byte
  const up = i8x16(0, -128, 64, -64, 32, -96, 96, -32, 16, -112, 80, -48, 48, -80, 112, -16);
  const down = i8x16(0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15);
  const bytes = v128.or(
    i8x16.swizzle(up, v128.and(word, nibbles)),
    i8x16.swizzle(down, v128.and(i16x8.shr_u(word, 4), nibbles)),
  );
  return v128.shuffle<i8>(bytes, i32x4.splat(0), 2, 1, 0, 16, 6, 5, 4, 16, 10, 9, 8, 16, 14, 13, 12, 16);
}

/**
 * Key and address of the draws of a vector: the plan holds the keys and the number of the operation where src/machine/vector-trains.ts
 * puts them.
 */
const KEY0: usize = 20;
const KEY1: usize = 24;
const SEQUENCE: usize = 28;

/** Slots in which the lines kept fire. */
export let fired: i32 = 0;

/** Draws the trains of one side and keeps the lines that fire at least once; returns how many. */
export function fireSide(
  plan: usize, values: usize, total: i32, factor: f64, length: i32, side: i32, vector: i32, inverted: bool, base: usize,
): i32 {
  const padded = paddedBytes(total);
  const lines = base + padded;
  const signs = lines + padded;
  const bits = signs + padded;
  const used = drawChances(values, total, factor, base, lines);
  const count = <i32>(used >> 2);
  const end = paddedBytes(count);
  if (end > used) memory.fill(base + used, 0, end - used);
  if (length == 1) return fireOnce(plan, values, count, side, vector, inverted, base, lines, signs, bits);
  const words = (length + 31) >> 5;
  for (let word = 0; word < words; ++word) {
    trainBits(
      bits + (<usize>word) * padded, base, count, min(32, length - 32 * word), load<i32>(plan, KEY0), load<i32>(plan, KEY1),
      (side << 3) | word, load<i32>(plan, SEQUENCE), vector,
    );
  }
  return keepFired(values, count, words, padded, inverted, lines, signs, bits);
}

/** Trains of a single slot: what trainBits compares digit by digit, with all digits at once. */
function fireOnce(
  plan: usize, values: usize, count: i32, side: i32, vector: i32, inverted: bool, chances: usize, lines: usize, signs: usize,
  bits: usize,
): i32 {
  let kept: usize = 0;
  beginLines(side << 11, load<i32>(plan, SEQUENCE), vector, load<i32>(plan, KEY0), load<i32>(plan, KEY1));
  for (let line = 0; line < count; line += 8) {
    const at: usize = (<usize>line) << 2;
    drawLines(line);
    const a = i32x4.lt_s(reversed24(v128.load(words)), fixedPoint(chances + at));
    const b = i32x4.lt_s(reversed24(v128.load(words, 64)), fixedPoint(chances + at + 16));
    for (let mask = i32x4.bitmask(a) | (i32x4.bitmask(b) << 4); mask != 0; mask &= mask - 1) {
      keepLine(values, load<i32>(lines + at + ((<usize>ctz<i32>(mask)) << 2)), inverted, lines + kept, signs + kept);
      store<i32>(bits + kept, 1);
      kept += 4;
    }
  }
  fired = <i32>(kept >> 2);
  padTrains(bits, kept);
  return fired;
}

// @ts-ignore: decorator
@inline
function keepLine(values: usize, line: i32, inverted: bool, lines: usize, signs: usize): void {
  store<i32>(lines, line);
  store<i32>(signs, i32(load<f32>(values + ((<usize>line) << 2)) < 0 != inverted));
}

/** Whoever reads trains reads four at a time. */
// @ts-ignore: decorator
@inline
function padTrains(bits: usize, used: usize): void {
  for (; (used & 15) != 0; used += 4) store<i32>(bits + used, 0);
}

/** Moves lines that fire to the front, and the words of the list right behind each other, padded to four lines with zeros. */
function keepFired(
  values: usize, drawn: i32, words: i32, padded: usize, inverted: bool, lines: usize, signs: usize, bits: usize,
): i32 {
  let count: usize = 0;
  fired = 0;
  for (let i: usize = 0; i < (<usize>drawn) << 2; i += 4) {
    let any = load<i32>(bits + i);
    for (let word = 1; word < words; ++word) any |= load<i32>(bits + (<usize>word) * padded + i);
    if (any == 0) continue;
    keepLine(values, load<i32>(lines + i), inverted, lines + count, signs + count);
    for (let word = 0; word < words; ++word) {
      const at = bits + (<usize>word) * padded;
      const train = load<i32>(at + i);
      store<i32>(at + count, train);
      fired += popcnt<i32>(train);
    }
    count += 4;
  }
  const stride = (count + 15) & ~15;
  for (let word = 0; word < words; ++word) {
    const to = bits + (<usize>word) * stride;
    if (word > 0) memory.copy(to, bits + (<usize>word) * padded, count);
    padTrains(to, count);
  }
  return <i32>(count >> 2);
}

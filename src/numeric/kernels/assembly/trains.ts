import { philox, words } from './philox';

/** One bit plane of eight lines: slots still undecided whose random bit differs from the digit of the chance are decided. */
// @ts-ignore: decorator
@inline
function decide(digit: v128, random: v128, open: v128, fired: v128): v128 {
  return v128.or(fired, v128.and(open, v128.andnot(digit, random)));
}

// @ts-ignore: decorator
@inline
function stillOpen(digit: v128, random: v128, open: v128): v128 {
  return v128.andnot(open, v128.xor(digit, random));
}

/** Chances in 1 / 2^24. */
// @ts-ignore: decorator
@inline
export function fixedPoint(chances: usize): v128 {
  const scaled = f32x4.mul(v128.load(chances), f32x4.splat(16777216));
  return i32x4.trunc_sat_f32x4_u(f32x4.min(f32x4.add(scaled, f32x4.splat(0.5)), f32x4.splat(16777216)));
}

/**
 * Pulse trains: bit s of bits[i] is set with probability chances[i] (in 1 / 2^24), independently for every line and slot
 * s < length <= 32. A slot compares the digits of a uniform number with those of the chance, highest first, and stops at the first
 * that differs, so that about log2(lines x slots) random digits are drawn. Arrays are padded to a multiple of eight lines.
 */
export function trainBits(
  bits: usize, chances: usize, lines: i32, length: i32, key0: i32, key1: i32, part: i32, c2: i32, c3: i32,
): void {
  const all = i32x4.splat(length >= 32 ? -1 : (1 << length) - 1);
  const perWord = 32 / length;
  for (let line = 0; line < lines; line += 8) {
    const at: usize = (<usize>line) << 2;
    const a = fixedPoint(chances + at);
    const b = fixedPoint(chances + at + 16);
    if (!v128.any_true(v128.or(a, b))) {
      v128.store(bits + at, i32x4.splat(0));
      v128.store(bits + at, i32x4.splat(0), 16);
      continue;
    }
    const certain = i32x4.splat(16777216);
    const sureA = i32x4.eq(a, certain);
    const sureB = i32x4.eq(b, certain);
    let openA = v128.andnot(all, sureA);
    let openB = v128.andnot(all, sureB);
    let firedA = v128.and(all, sureA);
    let firedB = v128.and(all, sureB);
    let digit = 23;
    for (let call = 0; digit >= 0 && v128.any_true(v128.or(openA, openB)); ++call) {
      const rows = i32x4.splat(line);
      const id = i32x4.splat((part << 8) | call);
      philox(i32x4.add(rows, i32x4(0, 1, 2, 3)), id, i32x4.add(rows, i32x4(4, 5, 6, 7)), id, i32x4.splat(c2), i32x4.splat(c3), key0, key1);
      for (let word: usize = 0; word < 64; word += 16) {
        let randomA = v128.load(words + word);
        let randomB = v128.load(words + word, 64);
        for (let k = 0; k < perWord && digit >= 0; ++k) {
          const digitA = i32x4.shr_s(i32x4.shl(a, 31 - digit), 31);
          const digitB = i32x4.shr_s(i32x4.shl(b, 31 - digit), 31);
          firedA = decide(digitA, randomA, openA, firedA);
          firedB = decide(digitB, randomB, openB, firedB);
          openA = stillOpen(digitA, randomA, openA);
          openB = stillOpen(digitB, randomB, openB);
          if (length < 32) {
            randomA = i32x4.shr_u(randomA, length);
            randomB = i32x4.shr_u(randomB, length);
          }
          --digit;
          if (!v128.any_true(v128.or(openA, openB))) break;
        }
      }
    }
    v128.store(bits + at, firedA);
    v128.store(bits + at, firedB, 16);
  }
}

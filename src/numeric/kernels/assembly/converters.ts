import { loadPartial, storePartial, sumLanes } from './partial';

/**
 * The larger of a and b >= 0, and NaN when b is: as integers, f32 bits without a sign are ordered as their values, NaN above
 * infinity. One operation where f32x4.max needs eight.
 */
// @ts-ignore: decorator
@inline
function larger(a: v128, b: v128): v128 {
  return i32x4.max_s(a, b);
}

export function rowAbsMax(scale: usize, x: usize, m: i32, k: i32, ldx: i32): void {
  const whole: usize = (<usize>(k & ~3)) << 2;
  for (let i = 0; i < m; ++i) {
    const row = x + (((<usize>i) * (<usize>ldx)) << 2);
    let largest = f32x4.splat(0);
    for (let at: usize = 0; at < whole; at += 16) largest = larger(largest, f32x4.abs(v128.load(row + at)));
    largest = larger(largest, f32x4.abs(loadPartial(row + whole, k & 3)));
    const half = larger(largest, v128.shuffle<i64>(largest, largest, 1, 0));
    const whole = larger(half, v128.shuffle<i32>(half, half, 1, 0, 1, 0));
    store<f32>(scale + ((<usize>i) << 2), f32x4.extract_lane(whole, 0));
  }
}

// @ts-ignore: decorator
@inline
function clip(value: v128, limit: v128): v128 {
  // pmin and pmax keep their first operand when the comparison fails, so NaN passes
  return f32x4.pmax(f32x4.pmin(value, limit), f32x4.neg(limit));
}

// @ts-ignore: decorator
@inline
function rounded(value: v128, steps: v128): v128 {
  return f32x4.mul(f32x4.nearest(f32x4.div(value, steps)), steps);
}

/** `out` is contiguous (leading dimension k). Sums run over lanes j & 3, then (l0 + l1) + (l2 + l3). */
export function dac(
  out: usize, x: usize, inverse: usize, absSum: usize, squareSum: usize, m: i32, k: i32, ldx: i32, step: f32,
): void {
  const one = f32x4.splat(1);
  const steps = f32x4.splat(step);
  const whole: usize = (<usize>(k & ~3)) << 2;
  for (let i = 0; i < m; ++i) {
    const at: usize = (<usize>i) << 2;
    const source = x + (<usize>ldx) * at;
    const target = out + (<usize>k) * at;
    const factor = v128.load32_splat(inverse + at);
    let sum = f32x4.splat(0);
    let squares = f32x4.splat(0);
    for (let j: usize = 0; j < whole; j += 16) {
      let value = f32x4.mul(v128.load(source + j), factor);
      if (step != 0) value = rounded(value, steps);
      value = clip(value, one);
      sum = f32x4.add(sum, f32x4.abs(value));
      squares = f32x4.add(squares, f32x4.mul(value, value));
      v128.store(target + j, value);
    }
    if ((k & 3) != 0) {
      let value = f32x4.mul(loadPartial(source + whole, k & 3), factor);
      if (step != 0) value = rounded(value, steps);
      value = clip(value, one);
      sum = f32x4.add(sum, f32x4.abs(value));
      squares = f32x4.add(squares, f32x4.mul(value, value));
      storePartial(target + whole, value, k & 3);
    }
    store<f32>(absSum + at, sumLanes(sum));
    store<f32>(squareSum + at, sumLanes(squares));
  }
}

/** gain value + offset, bent by the bow. */
// @ts-ignore: decorator
@inline
function amplified(value: v128, gain: v128, offset: v128, bent: bool, bow: v128, limit: v128): v128 {
  const straight = f32x4.add(f32x4.mul(value, gain), offset);
  if (!bent) return straight;
  const relative = f32x4.div(straight, limit);
  const height = f32x4.pmax(f32x4.sub(f32x4.splat(1), f32x4.mul(relative, relative)), f32x4.splat(0));
  return f32x4.add(straight, f32x4.mul(bow, height));
}

/** Returns the number of clipped conversions; clipped[i] counts those of row i. */
export function adc(
  y: usize, gain: usize, offset: usize, clipped: usize, m: i32, n: i32, ldy: i32, step: f32, range: f32, inl: f32,
): i32 {
  const steps = f32x4.splat(step);
  const limit = f32x4.splat(range);
  const bow = f32x4.splat(inl);
  const bent = inl != 0 && range > 0;
  const whole = n & ~3;
  let total = 0;
  for (let i = 0; i < m; ++i) {
    const row = y + (((<usize>i) * (<usize>ldy)) << 2);
    let beyond = i32x4.splat(0);
    for (let at: usize = 0; at < (<usize>whole) << 2; at += 16) {
      let value = amplified(v128.load(row + at), v128.load(gain + at), v128.load(offset + at), bent, bow, limit);
      if (step != 0) {
        value = rounded(value, steps);
        beyond = i32x4.sub(beyond, f32x4.gt(f32x4.abs(value), limit));
        value = clip(value, limit);
      }
      v128.store(row + at, value);
    }
    if (whole < n) {
      const at: usize = (<usize>whole) << 2;
      const left = n - whole;
      let value = amplified(
        loadPartial(row + at, left), loadPartial(gain + at, left), loadPartial(offset + at, left), bent, bow, limit,
      );
      if (step != 0) {
        value = rounded(value, steps);
        // lanes past the end hold the bow of 0, which never counts
        const held = i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(left));
        beyond = i32x4.sub(beyond, v128.and(f32x4.gt(f32x4.abs(value), limit), held));
        value = clip(value, limit);
      }
      storePartial(row + at, value, left);
    }
    const count =
      i32x4.extract_lane(beyond, 0) + i32x4.extract_lane(beyond, 1) + i32x4.extract_lane(beyond, 2) + i32x4.extract_lane(beyond, 3);
    store<i32>(clipped + ((<usize>i) << 2), count);
    total += count;
  }
  return total;
}

/** Sum over rows (in f64) of dot(|x[i]|, g) (in f32, lanes j & 3). */
export function absDot(x: usize, g: usize, m: i32, k: i32, ldx: i32): f64 {
  const whole: usize = (<usize>(k & ~3)) << 2;
  let total: f64 = 0;
  for (let i = 0; i < m; ++i) {
    const row = x + (((<usize>i) * (<usize>ldx)) << 2);
    let sum = f32x4.splat(0);
    for (let at: usize = 0; at < whole; at += 16) {
      sum = f32x4.add(sum, f32x4.mul(f32x4.abs(v128.load(row + at)), v128.load(g + at)));
    }
    if ((k & 3) != 0) {
      sum = f32x4.add(sum, f32x4.mul(f32x4.abs(loadPartial(row + whole, k & 3)), loadPartial(g + whole, k & 3)));
    }
    total += <f64>sumLanes(sum);
  }
  return total;
}

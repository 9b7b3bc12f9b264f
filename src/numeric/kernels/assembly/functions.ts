import { loadPartial, storePartial } from './partial';

/**
 * Exponential functions of f32 elements, in f64 with two lanes: accurate to some 1e-15, so that results are as good as always the
 * nearest f32, and the same on every engine. exp by reduction to |r| <= ln 2 / 2 and its Taylor series.
 */

/** 1 / k! from k = 13 down to 2. */
const series: usize = memory.data<f64>(
  [
    1.6059043836821613e-10, 2.08767569878681e-9, 2.505210838544172e-8, 2.755731922398589e-7, 2.7557319223985893e-6,
    2.48015873015873e-5, 1.984126984126984e-4, 1.388888888888889e-3, 8.333333333333333e-3, 4.1666666666666664e-2,
    1.6666666666666666e-1, 0.5,
  ],
  16,
);
const LOG2E: f64 = 1.4426950408889634;
/** ln 2 in two parts: the first has zeros at its end, so that whole multiples are exact. */
const LN2_HIGH: f64 = 6.93147180369123816490e-1;
const LN2_LOW: f64 = 1.90821492927058770002e-10;
/** Beyond it everything below is 0, 1 or infinite in f32. */
const LIMIT: f64 = 700;
/** Adding it leaves a whole number in the low bits. */
const MAGIC: f64 = 6755399441055744;

/** What is left of x beside n ln 2, where `shifted` holds n. */
// @ts-ignore: decorator
@inline
function remainder(x: v128, shifted: v128): v128 {
  const n = f64x2.sub(shifted, f64x2.splat(MAGIC));
  return f64x2.sub(f64x2.sub(x, f64x2.mul(n, f64x2.splat(LN2_HIGH))), f64x2.mul(n, f64x2.splat(LN2_LOW)));
}

/** 2^n (exp(r) - 1) + (2^n - 1) from the series of r. */
// @ts-ignore: decorator
@inline
function scaled(sum: v128, r: v128, shifted: v128): v128 {
  const small = f64x2.add(f64x2.mul(f64x2.mul(sum, r), r), r);
  const power = i64x2.shl(i64x2.add(shifted, i64x2.splat(1023)), 52);
  return f64x2.add(f64x2.mul(power, small), f64x2.sub(power, f64x2.splat(1)));
}

/** `code` 0: the argument 2 x of tanh, 1: -x of the sigmoid; pmin and pmax keep their first operand when the comparison fails: NaN passes. */
// @ts-ignore: decorator
@inline
function argument(x: v128, code: i32): v128 {
  const given = code == 0 ? f64x2.add(x, x) : f64x2.neg(x);
  return f64x2.pmin(f64x2.pmax(given, f64x2.splat(-LIMIT)), f64x2.splat(LIMIT));
}

/** From m = exp(argument) - 1: tanh x = m / (m + 2) with the sign of x, also of 0, and sigmoid x = 1 / (m + 2). */
// @ts-ignore: decorator
@inline
function value(m: v128, x: v128, code: i32): v128 {
  const sum = f64x2.add(m, f64x2.splat(2));
  return code == 0 ? v128.or(f64x2.div(m, sum), v128.and(x, f64x2.splat(-0.0))) : f64x2.div(f64x2.splat(1), sum);
}

/** Four f32, as two pairs in f64 side by side: one alone waits for its sums. */
// @ts-ignore: decorator
@inline
function squashFour(four: v128, code: i32): v128 {
  const x = f64x2.promote_low_f32x4(four);
  const y = upper(four);
  const argumentX = argument(x, code);
  const argumentY = argument(y, code);
  const shiftedX = f64x2.add(f64x2.mul(argumentX, f64x2.splat(LOG2E)), f64x2.splat(MAGIC));
  const shiftedY = f64x2.add(f64x2.mul(argumentY, f64x2.splat(LOG2E)), f64x2.splat(MAGIC));
  const rx = remainder(argumentX, shiftedX);
  const ry = remainder(argumentY, shiftedY);
  let sumX = v128.load64_splat(series);
  let sumY = sumX;
  for (let k: usize = 8; k < 96; k += 8) {
    const term = v128.load64_splat(series + k);
    sumX = f64x2.add(f64x2.mul(sumX, rx), term);
    sumY = f64x2.add(f64x2.mul(sumY, ry), term);
  }
  const first = f32x4.demote_f64x2_zero(value(scaled(sumX, rx, shiftedX), x, code));
  const second = f32x4.demote_f64x2_zero(value(scaled(sumY, ry, shiftedY), y, code));
  return v128.shuffle<i64>(first, second, 0, 2);
}

/** `code` 0: tanh, 1: sigmoid. NaN stays NaN. */
export function squash(out: usize, input: usize, count: i32, code: i32): void {
  for (; count > 0; count -= 4) {
    storePartial(out, squashFour(loadPartial(input, count), code), count);
    input += 16;
    out += 16;
  }
}

/**
 * out = slope x error, in f64: the slope of tanh (`code` 0) or of the sigmoid (1) where its value is y, 1 - y^2 or y (1 - y). out may be
 * either operand.
 */
export function squashBack(out: usize, value: usize, error: usize, count: i32, code: i32): void {
  for (; count > 0; count -= 4) {
    const y = loadPartial(value, count);
    const e = loadPartial(error, count);
    const first = f32x4.demote_f64x2_zero(slopeTimes(f64x2.promote_low_f32x4(y), f64x2.promote_low_f32x4(e), code));
    const second = f32x4.demote_f64x2_zero(slopeTimes(upper(y), upper(e), code));
    storePartial(out, v128.shuffle<i64>(first, second, 0, 2), count);
    value += 16;
    error += 16;
    out += 16;
  }
}

/** The two upper lanes in f64. */
// @ts-ignore: decorator
@inline
function upper(four: v128): v128 {
  return f64x2.promote_low_f32x4(v128.shuffle<i64>(four, four, 1, 1));
}

// @ts-ignore: decorator
@inline
function slopeTimes(y: v128, error: v128, code: i32): v128 {
  const one = f64x2.splat(1);
  return f64x2.mul(code == 0 ? f64x2.sub(one, f64x2.mul(y, y)) : f64x2.mul(y, f64x2.sub(one, y)), error);
}

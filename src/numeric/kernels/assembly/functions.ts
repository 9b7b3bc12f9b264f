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

/** exp(x) - 1 = 2^n (exp(r) - 1) + (2^n - 1) */
// @ts-ignore: decorator
@inline
function expMinusOne(given: v128): v128 {
  // pmin and pmax keep their first operand when the comparison fails, so NaN passes
  const x = f64x2.pmin(f64x2.pmax(given, f64x2.splat(-LIMIT)), f64x2.splat(LIMIT));
  const shifted = f64x2.add(f64x2.mul(x, f64x2.splat(LOG2E)), f64x2.splat(MAGIC));
  const n = f64x2.sub(shifted, f64x2.splat(MAGIC));
  const r = f64x2.sub(f64x2.sub(x, f64x2.mul(n, f64x2.splat(LN2_HIGH))), f64x2.mul(n, f64x2.splat(LN2_LOW)));
  let sum = v128.load64_splat(series);
  for (let k: usize = 8; k < 96; k += 8) sum = f64x2.add(f64x2.mul(sum, r), v128.load64_splat(series + k));
  const small = f64x2.add(f64x2.mul(f64x2.mul(sum, r), r), r);
  const power = i64x2.shl(i64x2.add(shifted, i64x2.splat(1023)), 52);
  return f64x2.add(f64x2.mul(power, small), f64x2.sub(power, f64x2.splat(1)));
}

/** tanh x = m / (m + 2), m = exp(2 x) - 1; the sign is that of x, also of 0. */
// @ts-ignore: decorator
@inline
function tanh2(x: v128): v128 {
  const m = expMinusOne(f64x2.add(x, x));
  return v128.or(f64x2.div(m, f64x2.add(m, f64x2.splat(2))), v128.and(x, f64x2.splat(-0.0)));
}

/** 1 / (1 + exp(-x)) */
// @ts-ignore: decorator
@inline
function sigmoid2(x: v128): v128 {
  const m = expMinusOne(f64x2.neg(x));
  return f64x2.div(f64x2.splat(1), f64x2.add(m, f64x2.splat(2)));
}

/** `code` 0: tanh, 1: sigmoid. NaN stays NaN. */
export function squash(out: usize, input: usize, count: i32, code: i32): void {
  for (let i = 0; i < count; i += 2) {
    const pair = i + 1 < count ? v128.load64_zero(input) : v128.load32_zero(input);
    const x = f64x2.promote_low_f32x4(pair);
    const y = f32x4.demote_f64x2_zero(code == 0 ? tanh2(x) : sigmoid2(x));
    if (i + 1 < count) v128.store64_lane(out, y, 0);
    else v128.store32_lane(out, y, 0);
    input += 8;
    out += 8;
  }
}

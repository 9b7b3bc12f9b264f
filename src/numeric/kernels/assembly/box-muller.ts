/**
 * Box-Muller on f32x4 with polynomials fitted for this purpose (src/numeric/box-muller.ts is the twin and says how), so that
 * every engine gives the same bits. Coefficients lie in memory: a broadcast load is one operation, a constant is three.
 */

const coefficients: usize = memory.data<f32>(
  [
    -5.985303521156311e-1, -7.994951605796814e-1, -1.333336353302002, -4, -1.3862943649291992,
    1.5082056052051485e-4, -4.672227893024683e-3, 7.968848198652267e-2, -6.459633708000183e-1, 1.570796251296997,
    8.581906440667808e-4, -2.0810628309845924e-2, 2.536507546901703e-1, -1.2336982488632202,
    4.656612873077393e-10, 1,
  ],
  16,
);
const ONE: usize = 60;

// @ts-ignore: decorator
@inline
function coefficient(index: usize): v128 {
  return v128.load32_splat(coefficients + 4 * index);
}

// @ts-ignore: decorator
@inline
function one(): v128 {
  return v128.load32_splat(coefficients, ONE);
}

// @ts-ignore: decorator
@inline
function multiplyAdd(sum: v128, x: v128, term: v128): v128 {
  return f32x4.add(f32x4.mul(sum, x), term);
}

/** sqrt(-2 ln u) of u = (word >>> 1 | 1) / 2^31. */
// @ts-ignore: decorator
@inline
export function radius(word: v128): v128 {
  const value = f32x4.convert_i32x4_s(v128.or(i32x4.shr_u(word, 1), i32x4.splat(1)));
  // subtracting the bits of sqrt(1/2) moves the carry of mantissas above sqrt(2) into the exponent; 31 << 23 divides by 2^31
  const shifted = i32x4.sub(value, i32x4.splat(0x3f3504f3 + (31 << 23)));
  const exponent = f32x4.convert_i32x4_s(i32x4.shr_s(shifted, 23));
  const mantissa = i32x4.add(v128.and(shifted, i32x4.splat(0x007fffff)), i32x4.splat(0x3f3504f3));
  const ratio = f32x4.div(f32x4.sub(mantissa, one()), f32x4.add(mantissa, one()));
  const square = f32x4.mul(ratio, ratio);
  let sum = coefficient(0);
  sum = multiplyAdd(sum, square, coefficient(1));
  sum = multiplyAdd(sum, square, coefficient(2));
  sum = multiplyAdd(sum, square, coefficient(3));
  return f32x4.sqrt(f32x4.add(f32x4.mul(exponent, coefficient(4)), f32x4.mul(ratio, sum)));
}

/** The signed word as a fraction -1 … 1 of half a turn. */
// @ts-ignore: decorator
@inline
function halfTurns(word: v128): v128 {
  return f32x4.mul(f32x4.convert_i32x4_s(word), coefficient(14));
}

/** sin(pi x / 2) */
// @ts-ignore: decorator
@inline
function halfSine(x: v128, square: v128): v128 {
  let sum = coefficient(5);
  sum = multiplyAdd(sum, square, coefficient(6));
  sum = multiplyAdd(sum, square, coefficient(7));
  sum = multiplyAdd(sum, square, coefficient(8));
  sum = multiplyAdd(sum, square, coefficient(9));
  return f32x4.mul(sum, x);
}

/** cos(pi x / 2) */
// @ts-ignore: decorator
@inline
function halfCosine(square: v128): v128 {
  let sum = coefficient(10);
  sum = multiplyAdd(sum, square, coefficient(11));
  sum = multiplyAdd(sum, square, coefficient(12));
  sum = multiplyAdd(sum, square, coefficient(13));
  return multiplyAdd(sum, square, one());
}

/** cos(2 pi word / 2^32) = 1 - 2 sin^2 of half the angle. */
// @ts-ignore: decorator
@inline
export function cosine(word: v128): v128 {
  const x = halfTurns(word);
  const half = halfSine(x, f32x4.mul(x, x));
  return f32x4.sub(one(), f32x4.mul(f32x4.add(half, half), half));
}

/** sin(2 pi word / 2^32) = 2 sin cos of half the angle. */
// @ts-ignore: decorator
@inline
export function sine(word: v128): v128 {
  const x = halfTurns(word);
  const square = f32x4.mul(x, x);
  const half = halfSine(x, square);
  return f32x4.mul(f32x4.add(half, half), halfCosine(square));
}

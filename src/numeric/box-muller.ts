const { fround, sqrt } = Math;

const floats = new Float32Array(1);
const bits = new Int32Array(floats.buffer);

/** Bits of sqrt(1/2): subtracting them moves the carry of mantissas above sqrt(2) into the exponent. */
const rootHalfBits = 0x3f3504f3;

// Minimax polynomials in the square of the argument (Remez exchange in f64, coefficients rounded to f32), highest power first.
/** -2 ln m = r P(r^2), r = (m - 1) / (m + 1), m in [sqrt(1/2), sqrt(2)): within 3e-9 before rounding. */
const logarithm = [-5.985303521156311e-1, -7.994951605796814e-1, -1.333336353302002, -4].map(fround);
/** sin(pi x / 2) = x P(x^2), x in [-1, 1]: within 4e-9. */
const sinePolynomial = [
  1.5082056052051485e-4, -4.672227893024683e-3, 7.968848198652267e-2, -6.459633708000183e-1, 1.570796251296997,
].map(fround);
/** cos(pi x / 2) = P(x^2), x in [-1, 1]: within 6e-8. */
const cosinePolynomial = [8.581906440667808e-4, -2.0810628309845924e-2, 2.536507546901703e-1, -1.2336982488632202, 1].map(fround);
const minusTwoLogTwo = fround(-2 * Math.LN2);

const horner = (coefficients: readonly number[], x: number): number =>
  coefficients.reduce((sum, coefficient) => fround(fround(sum * x) + coefficient));

/** sqrt(-2 ln u) of u = (word >>> 1 | 1) / 2^31 in f32. */
export function radius(word: number): number {
  floats[0] = (word >>> 1) | 1;
  const shifted = bits[0]! - rootHalfBits - (31 << 23);
  const exponent = shifted >> 23;
  bits[0] = (shifted & 0x007fffff) + rootHalfBits;
  const mantissa = floats[0]!;
  const ratio = fround(fround(mantissa - 1) / fround(mantissa + 1));
  const small = fround(ratio * horner(logarithm, fround(ratio * ratio)));
  return fround(sqrt(fround(fround(exponent * minusTwoLogTwo) + small)));
}

/** [cosine, sine] of 2 pi word / 2^32 in f32, by the double-angle formulas from sine and cosine of half the angle. */
export function cosineAndSine(word: number): readonly [number, number] {
  const x = fround(fround(word | 0) * 2 ** -31);
  const square = fround(x * x);
  const half = fround(horner(sinePolynomial, square) * x);
  const twice = fround(half + half);
  return [fround(1 - fround(twice * half)), fround(twice * horner(cosinePolynomial, square))];
}

/**
 * Two independent standard normals in f32 from two random words, bit for bit as the kernels make them. Only correctly rounded
 * operations are used (no Math.log, Math.sin), so every engine agrees. Largest magnitude 6.56.
 */
export function boxMuller(word0: number, word1: number): readonly [number, number] {
  const [cosine, sine] = cosineAndSine(word1);
  const r = radius(word0);
  return [fround(r * cosine), fround(r * sine)];
}

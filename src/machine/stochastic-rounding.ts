const bits = new Uint32Array(1);
const value = new Float32Array(bits.buffer);

/**
 * A neighbour of `x` among bf16 numbers: the one away from zero with the probability of x's distance from the other, decided
 * by u in [0, 1). Infinities and NaN stay.
 */
export function stochasticBf16(x: number, u: number): number {
  value[0] = x;
  if (!Number.isFinite(value[0])) return value[0]!;
  bits[0] = bits[0]! + Math.floor(u * 0x10000);
  bits[0] = bits[0]! & 0xffff0000;
  return value[0]!;
}

const scratch = new Float32Array(1);
const bits = new Uint32Array(scratch.buffer);

/** The 16 bits of the bfloat16 nearest to x, ties to even. NaN stays NaN. */
export function toBf16Bits(x: number): number {
  scratch[0] = x;
  const word = bits[0]!;
  if (Number.isNaN(x)) return (word >>> 16) | 0x40;
  return ((word + 0x7fff + ((word >>> 16) & 1)) >>> 16) & 0xffff;
}

/** Value of a bfloat16 given by its bits. */
export function fromBf16Bits(half: number): number {
  bits[0] = half << 16;
  return scratch[0]!;
}

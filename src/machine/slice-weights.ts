import { roundHalfEven } from '../numeric/quantise.ts';

/** Weight slices: digits of `bits` bits each, most significant first; bits 0 with one slice is an analog weight. */
export interface Slicing {
  readonly slices: number;
  readonly bits: number;
}

/** What a slice's normalised value is worth in the weight: slices sum up to full scale 1. */
export function sliceFactor({ slices, bits }: Slicing, slice: number): number {
  if (bits === 0) return 1;
  return (2 ** (bits * (slices - 1 - slice)) * (2 ** bits - 1)) / (2 ** (bits * slices) - 1);
}

/** Normalised value in [-1, 1] that slice `slice` of weight in [-1, 1] stores: its digit over the largest digit, with the weight's sign. */
export function sliceWeight({ slices, bits }: Slicing, weight: number, slice: number): number {
  if (bits === 0) return weight;
  const code = roundHalfEven(Math.abs(weight) * (2 ** (bits * slices) - 1));
  const digit = Math.floor(code / 2 ** (bits * (slices - 1 - slice))) % 2 ** bits;
  return (Math.sign(weight) * digit) / (2 ** bits - 1);
}

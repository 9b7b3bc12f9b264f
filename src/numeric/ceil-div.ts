/** Smallest whole number of parts of size `part` that hold `total`; both whole, total >= 0, part > 0. */
export function ceilDiv(total: number, part: number): number {
  if (!(part > 0)) throw new RangeError(`part is ${part}; want a number > 0`);
  if (!(total >= 0)) throw new RangeError(`total is ${total}; want a number >= 0`);
  return Math.ceil(total / part);
}

/** `total` rounded up to a multiple of `part`. */
export const roundUp = (total: number, part: number): number => ceilDiv(total, part) * part;

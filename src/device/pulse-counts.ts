/**
 * Pulses that a closed programming loop needs, as a geometric law: each pulse ends the loop with probability 1 / mean.
 * Probabilities are powers formed by multiplication, so that counts do not depend on a math library.
 */
export interface PulseLaw {
  /** Pulses of the cell whose uniform draw is u in [0, 1); limit + 1 when the loop gives up. */
  count(u: number): number;
}

/** Law with the given mean (>= 1), truncated at `limit` pulses. */
export function pulseLaw(mean: number, limit: number): PulseLaw {
  if (!(mean >= 1)) throw new RangeError(`mean is ${mean}; want a number >= 1`);
  if (!(limit >= 1)) throw new RangeError(`limit is ${limit}; want a whole number >= 1`);
  const keep = 1 - 1 / mean;
  const done = new Float64Array(limit);
  let open = 1;
  for (let pulse = 0; pulse < limit; pulse++) {
    open *= keep;
    done[pulse] = 1 - open;
  }
  return {
    count(u) {
      let low = 0;
      let high = limit;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (u < done[middle]!) high = middle;
        else low = middle + 1;
      }
      return low + 1;
    },
  };
}

/** Expected largest count of `cells` independent loops truncated at `limit`: the sum over k of P(any still open after k). */
export function expectedSlowest(mean: number, cells: number, limit: number): number {
  const keep = 1 - 1 / mean;
  let open = 1;
  let expected = 0;
  for (let pulse = 0; pulse < limit; pulse++) {
    expected += 1 - (1 - open) ** cells;
    open *= keep;
  }
  return expected;
}

/** Mean and sample deviation of numbers, by Welford's update. */
export interface Moments {
  readonly count: number;
  /** NaN without numbers. */
  readonly mean: number;
  /** With n - 1 in the denominator; 0 for one number, NaN for none. */
  readonly deviation: number;
}

/** One pass, no cancellation (Welford 1962). */
export function moments(values: Iterable<number>): Moments {
  let count = 0;
  let mean = 0;
  let squares = 0;
  for (const value of values) {
    count += 1;
    const delta = value - mean;
    mean += delta / count;
    squares += delta * (value - mean);
  }
  if (count === 0) return { count, mean: Number.NaN, deviation: Number.NaN };
  return { count, mean, deviation: count === 1 ? 0 : Math.sqrt(squares / (count - 1)) };
}

/** 0.975 quantiles of Student's t for 1 … 10 degrees of freedom. */
const smallT = [12.7062, 4.30265, 3.18245, 2.77645, 2.57058, 2.44691, 2.36462, 2.306, 2.26216, 2.22814];

/** 0.975 quantile of Student's t; above 10 degrees of freedom Abramowitz & Stegun 26.7.5, within 1e-4. */
export function studentT975(degrees: number): number {
  if (!Number.isInteger(degrees) || degrees < 1) throw new RangeError(`degrees is ${degrees}; want a whole number >= 1`);
  const tabulated = smallT[degrees - 1];
  if (tabulated !== undefined) return tabulated;
  const x = 1.959963984540054;
  const first = (x ** 3 + x) / 4;
  const second = (5 * x ** 5 + 16 * x ** 3 + 3 * x) / 96;
  const third = (3 * x ** 7 + 19 * x ** 5 + 17 * x ** 3 - 15 * x) / 384;
  return x + first / degrees + second / degrees ** 2 + third / degrees ** 3;
}

/** Half width of the 95 % confidence interval of the mean (Student's t); Infinity below two numbers. */
export function halfWidth95({ count, deviation }: Moments): number {
  return count < 2 ? Number.POSITIVE_INFINITY : (studentT975(count - 1) * deviation) / Math.sqrt(count);
}

/** Quantile at `fraction` of 0 … 1, linear between order statistics (type 7 of Hyndman & Fan 1996); NaN without numbers. */
export function quantile(values: Iterable<number>, fraction: number): number {
  if (!(fraction >= 0 && fraction <= 1)) throw new RangeError(`fraction is ${fraction}; want 0 … 1`);
  const sorted = Float64Array.from(values).sort();
  if (sorted.length === 0) return Number.NaN;
  const position = (sorted.length - 1) * fraction;
  const below = Math.floor(position);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return low === high ? low : low + (high - low) * (position - below);
}

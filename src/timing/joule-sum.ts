/**
 * Exact sum of energies: each addend is rounded once to whole zeptojoules (1e-21 J) and added to a two-word integer, so that a sum
 * over hours of training depends neither on order nor on how much is already there. Holds up to 2^101 zeptojoules.
 */
export interface JouleSum {
  high: number;
  low: number;
}

const zeptojoulesPerJoule = 1e21;
const wordZeptojoules = 2 ** 48;

export function createJouleSum(): JouleSum {
  return { high: 0, low: 0 };
}

/** RangeError unless `joules` is finite and not negative. */
export function addJoules(sum: JouleSum, joules: number): void {
  if (!(joules >= 0 && joules < Number.POSITIVE_INFINITY))
    throw new RangeError(`energy is ${joules} J; want a finite number >= 0`);
  const addend = Math.round(joules * zeptojoulesPerJoule);
  const high = Math.floor(addend / wordZeptojoules);
  const low = sum.low + (addend - high * wordZeptojoules);
  const carry = low >= wordZeptojoules ? 1 : 0;
  sum.high += high + carry;
  sum.low = low - carry * wordZeptojoules;
}

/** The exact sum. */
export function zeptojoulesOf({ high, low }: JouleSum): bigint {
  return BigInt(high) * BigInt(wordZeptojoules) + BigInt(low);
}

/** Adds a whole number of zeptojoules >= 0. */
export function addZeptojoules(sum: JouleSum, zeptojoules: bigint): void {
  const total = zeptojoulesOf(sum) + zeptojoules;
  sum.high = Number(total / BigInt(wordZeptojoules));
  sum.low = Number(total % BigInt(wordZeptojoules));
}

export function joulesOf(sum: JouleSum): number {
  return (sum.high * wordZeptojoules + sum.low) / zeptojoulesPerJoule;
}

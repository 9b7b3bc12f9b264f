/** A walk through a map, some bytes (or rows) every `period` turns of a loop, first in turn `delay`, as an address generator makes it. */
export interface Walk {
  readonly stride: number;
  readonly modulus: number;
  readonly phase: number;
}

/** The number that `value`, a power of two, gives 1 with, modulo an odd number: halves that many times. */
function inverse(value: number, modulus: number): number {
  let found = 1;
  for (let power = value; power > 1; power /= 2) found = found % 2 === 0 ? found / 2 : (found + modulus) / 2;
  return found % modulus;
}

/** a x b modulo a number below 2^26, exact: halves of b are multiplied apart. */
const multiply = (a: number, b: number, modulus: number): number => {
  const high = Math.floor(b / 2 ** 13);
  return (((((a * high) % modulus) * 2 ** 13) % modulus) + a * (b - high * 2 ** 13)) % modulus;
};

/**
 * Strides of a generator whose sum is `chunk` x k in turn `delay` + k x `period`, for all k where that stays below `extent`. A generator
 * steps every turn, so what `period` does not divide goes round an odd ring in steps that meet at the right places. `period` is a power
 * of two.
 */
export function walkRows(chunk: number, period: number, delay: number, extent: number): Walk {
  if (!(period >= 1 && Number.isInteger(Math.log2(period)))) throw new RangeError(`period is ${period}; want a power of two`);
  const divides = chunk % period === 0;
  const modulus = divides ? extent : extent + 1 - (extent % 2);
  const step = divides ? chunk / period : multiply(chunk % modulus, inverse(period, modulus), modulus);
  const phase = (modulus - multiply(step % modulus, delay % modulus, modulus)) % modulus;
  // The word has a sign and 23 bits more.
  return { stride: !divides && step > modulus / 2 ? step - modulus : step, modulus, phase };
}

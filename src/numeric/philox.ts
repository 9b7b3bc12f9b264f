import { boxMuller } from './box-muller.ts';
import type { Purpose } from './purposes.ts';

const weyl0 = 0x9e3779b9;
const weyl1 = 0xbb67ae85;
const multiplier0 = 0xd2511f53;
const multiplier1 = 0xcd9e8d57;

/** High 32 bits of the product of two unsigned 32-bit numbers. */
function multiplyHigh(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16);
  const carry = (middle & 0xffff) + aLow * bHigh;
  return (aHigh * bHigh + Math.floor(middle / 0x10000) + Math.floor(carry / 0x10000)) >>> 0;
}

/** The four unsigned words that a 128-bit counter becomes under a 64-bit key. */
export type PhiloxWords = readonly [number, number, number, number];

/**
 * Philox4x32-10 (Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011). Every argument is
 * taken modulo 2^32. The kernels draw the same words.
 */
export function philox(key0: number, key1: number, c0: number, c1: number, c2: number, c3: number): PhiloxWords {
  let [k0, k1, x0, x1, x2, x3] = [key0 >>> 0, key1 >>> 0, c0 >>> 0, c1 >>> 0, c2 >>> 0, c3 >>> 0];
  for (let round = 0; round < 10; round++) {
    const high0 = multiplyHigh(multiplier0, x0);
    const low0 = Math.imul(multiplier0, x0) >>> 0;
    const high1 = multiplyHigh(multiplier1, x2);
    const low1 = Math.imul(multiplier1, x2) >>> 0;
    x0 = (high1 ^ x1 ^ k0) >>> 0;
    x1 = low1;
    x2 = (high0 ^ x3 ^ k1) >>> 0;
    x3 = low0;
    k0 = (k0 + weyl0) >>> 0;
    k1 = (k1 + weyl1) >>> 0;
  }
  return [x0, x1, x2, x3];
}

/** Key of every counter-based draw. */
export interface StreamKey {
  readonly key0: number;
  readonly key1: number;
}

/** Key for one purpose of one seed; seed is a whole number of 0 … 2^53 - 1. Draws by kernels and by streams use it alike. */
export function streamKey(seed: number, purpose: Purpose): StreamKey {
  if (!Number.isSafeInteger(seed) || seed < 0) throw new RangeError(`seed is ${seed}; want a whole number of 0 … 2^53 - 1`);
  const [key0, key1] = philox(seed % 2 ** 32, Math.floor(seed / 2 ** 32), purpose, 0, 0, 0);
  return { key0, key1 };
}

/** Sequential draws on the host, for work that is not worth a kernel. */
export interface Stream {
  /** An unsigned 32-bit word. */
  word(): number;
  /** In [0, 1), 53 bits. */
  uniform(): number;
  /** Standard normal, f32 precision. */
  normal(): number;
  /** Whole number of 0 … bound - 1 without bias; bound 1 … 2^32. */
  integer(bound: number): number;
  /** Permutes `items` in place and returns them. */
  shuffle<T extends { readonly length: number; [index: number]: unknown }>(items: T): T;
}

/** A stream of its own for every (seed, purpose, index); index is a whole number below 2^32, such as an epoch or a layer. */
export function createStream(seed: number, purpose: Purpose, index = 0): Stream {
  const { key0, key1 } = streamKey(seed, purpose);
  let block = 0;
  let words: readonly number[] = [];
  let used = 4;
  let spare: number | undefined;

  function word(): number {
    if (used === 4) {
      words = philox(key0, key1, block % 2 ** 32, Math.floor(block / 2 ** 32), index, 0);
      block += 1;
      used = 0;
    }
    return words[used++]!;
  }

  function normal(): number {
    if (spare !== undefined) {
      const kept = spare;
      spare = undefined;
      return kept;
    }
    const [first, second] = boxMuller(word(), word());
    spare = second;
    return first;
  }

  function integer(bound: number): number {
    if (!Number.isInteger(bound) || bound < 1 || bound > 2 ** 32) {
      throw new RangeError(`bound is ${bound}; want a whole number of 1 … 2^32`);
    }
    const fair = 2 ** 32 - (2 ** 32 % bound);
    let drawn = word();
    while (drawn >= fair) drawn = word();
    return drawn % bound;
  }

  function shuffle<T extends { readonly length: number; [index: number]: unknown }>(items: T): T {
    for (let last = items.length - 1; last > 0; last--) {
      const other = integer(last + 1);
      [items[last], items[other]] = [items[other], items[last]];
    }
    return items;
  }

  return { word, uniform: () => (word() >>> 5) * 2 ** -27 + (word() >>> 6) * 2 ** -53, normal, integer, shuffle };
}

import { limits } from '../../isa/limits.ts';

/** One affine stride: `bytes` per count of loop level `level`. */
export interface Stride {
  readonly level: number;
  readonly bytes: number;
}

export interface AddressGenerator {
  readonly space: 'spm' | 'dram';
  readonly base: number;
  readonly strides: readonly Stride[];
  /** Bytes; 0 = no modulus. */
  readonly modulus: number;
  /** Bytes added to the sum before the modulus is taken: where a ring of copies is entered. */
  readonly phase: number;
}

/** base + (phase + sum over levels of counter x stride, modulo `modulus`): evaluated at issue. */
export function addressAt(generator: AddressGenerator, counters: readonly number[]): number {
  let offset = generator.phase;
  for (const { level, bytes } of generator.strides) offset += (counters[level] ?? 0) * bytes;
  if (generator.modulus > 0) offset = ((offset % generator.modulus) + generator.modulus) % generator.modulus;
  return generator.base + offset;
}

/** Level 7 in an AGU word means "no stride". */
const usedStride = (level: number, bytes: number): readonly Stride[] =>
  level < limits.loopLevels && bytes !== 0 ? [{ level, bytes }] : [];

export function defineGenerator(word: {
  readonly dram: boolean;
  readonly base: number;
  readonly levels: readonly [number, number];
  readonly strides: readonly [number, number];
  readonly modulus: number;
}): AddressGenerator {
  const { dram, base, levels, strides, modulus } = word;
  return {
    space: dram ? 'dram' : 'spm',
    base: dram ? base * limits.dramUnitBytes : base,
    strides: [...usedStride(levels[0], strides[0]), ...usedStride(levels[1], strides[1])],
    modulus,
    phase: 0,
  };
}

/** The extension word: a byte offset on the base (with flag M: inside the modulus, whose high part it holds) and two more strides. */
export function extendGenerator(
  generator: AddressGenerator,
  word: {
    readonly offset: number;
    readonly levels: readonly [number, number];
    readonly strides: readonly [number, number];
    readonly modulus?: number;
  },
): AddressGenerator {
  const { offset, levels, strides, modulus } = word;
  const place =
    modulus === undefined ? { base: generator.base + offset } : { phase: offset, modulus: generator.modulus + modulus };
  return {
    ...generator,
    ...place,
    strides: [...generator.strides, ...usedStride(levels[0], strides[0]), ...usedStride(levels[1], strides[1])],
  };
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressAt, defineGenerator, extendGenerator } from '../../src/sequence/address-generators.ts';

const level = fc.integer({ min: 0, max: 7 });
const bytes = fc.integer({ min: -5000, max: 5000 });
const pair = <T>(one: fc.Arbitrary<T>) => fc.tuple(one, one);
const counters = fc.array(fc.nat(50), { minLength: 6, maxLength: 6 });

describe('address generators', () => {
  it('law: base plus strides times counters, the sum taken modulo, equals plain arithmetic', () => {
    fc.assert(
      fc.property(
        fc.nat(1 << 20),
        pair(level),
        pair(bytes),
        fc.option(fc.record({ offset: fc.nat(63), levels: pair(level), strides: pair(bytes) }), { nil: undefined }),
        fc.nat(9000),
        counters,
        (base, levels, strides, extension, modulus, at) => {
          const plain = defineGenerator({ dram: false, base, levels, strides, modulus });
          const generator = extension === undefined ? plain : extendGenerator(plain, extension);
          const all = [
            [levels[0], strides[0]],
            [levels[1], strides[1]],
            ...(extension === undefined ? [] : extension.levels.map((each, index) => [each, extension.strides[index]!])),
          ] as [number, number][];
          let offset = 0;
          for (const [used, stride] of all) if (used < 6) offset += at[used]! * stride;
          while (modulus > 0 && offset < 0) offset += modulus;
          while (modulus > 0 && offset >= modulus) offset -= modulus;
          expect(addressAt(generator, at)).toBe(base + (extension?.offset ?? 0) + offset);
        },
      ),
      { seed: 2 },
    );
  });

  it('counts DRAM bases in units of 64 bytes and its extension in bytes', () => {
    const dram = defineGenerator({ dram: true, base: 3, levels: [0, 7], strides: [100, 0], modulus: 0 });
    expect(dram.space).toBe('dram');
    expect(addressAt(dram, [2])).toBe(3 * 64 + 200);
    expect(addressAt(extendGenerator(dram, { offset: 5, levels: [7, 7], strides: [1, 1] }), [2])).toBe(3 * 64 + 205);
  });

  it('enters a ring of copies at its phase, its modulus beyond a length field', () => {
    const plain = defineGenerator({ dram: false, base: 1000, levels: [2, 7], strides: [300_000, 0], modulus: 900_000 - 2 ** 19 });
    const ring = extendGenerator(plain, { offset: 600_000, levels: [7, 7], strides: [0, 0], modulus: 2 ** 19 });
    expect([0, 1, 2, 3].map((image) => addressAt(ring, [0, 0, image]))).toEqual([601_000, 1000, 301_000, 601_000]);
  });

  it('walks two copies of a buffer in turn', () => {
    const walk = defineGenerator({ dram: false, base: 1000, levels: [1, 7], strides: [256, 0], modulus: 512 });
    expect([0, 1, 2, 3].map((batch) => addressAt(walk, [0, batch]))).toEqual([1000, 1256, 1000, 1256]);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instructions } from '../../isa/instructions.ts';
import { compare, computeFloat, computeInteger } from '../../src/sequence/scalar.ts';

const setr = instructions.SETR.functions;
const branch = instructions.BR.functions;
const word = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });

describe('scalar arithmetic', () => {
  it('computes on floats', () => {
    const of = (fn: keyof typeof setr, a: number, b: number) => computeFloat(setr[fn], a, b);
    expect(of('mov', 3, 9)).toBe(3);
    expect(of('add', 1.5, 2)).toBe(3.5);
    expect(of('sub', 1.5, 2)).toBe(-0.5);
    expect(of('mul', 1.5, 2)).toBe(3);
    expect(of('min', 1.5, 2)).toBe(1.5);
    expect(of('max', 1.5, 2)).toBe(2);
    expect([of('cmp-lt', 1, 2), of('cmp-lt', 2, 2)]).toEqual([1, 0]);
    expect([of('cmp-eq', 2, 2), of('cmp-eq', 1, 2)]).toEqual([1, 0]);
    expect([of('shl', 1.5, 3), of('shr', 1.5, 1)]).toEqual([12, 0.75]);
  });

  it('refuses a function the table lacks', () => {
    expect(() => computeFloat(63, 1, 2)).toThrow(RangeError);
  });

  it('law: integers wrap modulo 2^32', () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        const wide = (value: bigint) => Number(BigInt.asIntN(32, value));
        expect(computeInteger(setr.add, a, b)).toBe(wide(BigInt(a) + BigInt(b)));
        expect(computeInteger(setr.sub, a, b)).toBe(wide(BigInt(a) - BigInt(b)));
        expect(computeInteger(setr.mul, a, b)).toBe(wide(BigInt(a) * BigInt(b)));
        expect(computeInteger(setr.max, a, b)).toBe(Math.max(a, b));
      }),
      { seed: 5 },
    );
  });

  it('shifts integers with their sign', () => {
    expect([computeInteger(setr.shl, 3, 4), computeInteger(setr.shr, -16, 2)]).toEqual([48, -4]);
  });

  it('compares for branches', () => {
    expect([compare(branch.eq, 1, 1), compare(branch.eq, 1, 2)]).toEqual([true, false]);
    expect([compare(branch.ne, 1, 1), compare(branch.ne, 1, 2)]).toEqual([false, true]);
    expect([compare(branch.lt, 1, 2), compare(branch.lt, 2, 2)]).toEqual([true, false]);
    expect([compare(branch.ge, 2, 2), compare(branch.ge, 1, 2)]).toEqual([true, false]);
  });
});

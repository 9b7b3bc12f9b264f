import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRegisters } from '../../src/sequence/registers.ts';

describe('registers', () => {
  it('r0 reads 0 whatever is written', () => {
    const registers = createRegisters();
    registers.writeFloat(0, 3);
    registers.writeInteger(0, 4);
    registers.writeBits(0, 5);
    expect([registers.readFloat(0), registers.readInteger(0)]).toEqual([0, 0]);
  });

  it('ignores ids that are no registers', () => {
    const registers = createRegisters();
    registers.writeFloat(16, 3);
    expect(registers.readFloat(16)).toBe(0);
  });

  it('law: one set of 32 bits, seen as f32 and as i32', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 15 }), fc.float({ noNaN: true }), (id, value) => {
        const registers = createRegisters();
        registers.writeFloat(id, value);
        expect(registers.readFloat(id)).toBe(value);
        expect(registers.readInteger(id)).toBe(new Int32Array(Float32Array.of(value).buffer)[0]);
        registers.writeBits(id, new Uint32Array(Float32Array.of(value).buffer)[0]!);
        expect(registers.readFloat(id)).toBe(value);
      }),
      { seed: 4 },
    );
  });

  it('rounds to f32 and keeps whole i32', () => {
    const registers = createRegisters();
    registers.writeFloat(1, 0.1);
    expect(registers.readFloat(1)).toBe(Math.fround(0.1));
    registers.writeInteger(2, -(2 ** 31));
    expect(registers.readInteger(2)).toBe(-(2 ** 31));
  });
});

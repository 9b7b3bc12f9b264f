import { limits, registerIds } from '../../isa/limits.ts';

/**
 * The scalar registers: 32 bits each, seen as f32 or i32. r0 reads 0 whatever is written to it. Loop counters and
 * specials are not stored here; the sequencer asks for them.
 */
export interface Registers {
  readFloat(id: number): number;
  readInteger(id: number): number;
  writeFloat(id: number, value: number): void;
  writeInteger(id: number, value: number): void;
  writeBits(id: number, bits: number): void;
}

export function createRegisters(): Registers {
  const floats = new Float32Array(limits.registers);
  const integers = new Int32Array(floats.buffer);
  const writable = (id: number): boolean => id > registerIds.firstRegister && id < limits.registers;
  return {
    readFloat: (id) => floats[id] ?? 0,
    readInteger: (id) => integers[id] ?? 0,
    writeFloat: (id, value) => {
      if (writable(id)) floats[id] = value;
    },
    writeInteger: (id, value) => {
      if (writable(id)) integers[id] = value;
    },
    writeBits: (id, bits) => {
      if (writable(id)) integers[id] = bits | 0;
    },
  };
}

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { absentOperand, decode, encode, type Instruction, wordProblem } from '../../src/isa/codec.ts';
import { instructionArbitrary } from './arbitrary-instruction.ts';

const nop: Instruction = {
  mnemonic: 'NOP',
  fn: 0,
  flags: 0,
  unit: 0,
  length: 0,
  d: absentOperand,
  a: absentOperand,
  b: absentOperand,
};

describe('encode and decode', () => {
  test('are inverse over every instruction the table allows', () => {
    fc.assert(
      fc.property(instructionArbitrary, (instruction) => {
        expect(decode(encode(instruction))).toEqual(instruction);
      }),
      { seed: 1, numRuns: 2000 },
    );
  });

  test('any word that decodes encodes back to the same bits', () => {
    const anyWord = fc.tuple(fc.nat(0x37), fc.nat(0xffffff), fc.nat(2 ** 32 - 1), fc.nat(2 ** 32 - 1), fc.nat(2 ** 32 - 1));
    fc.assert(
      fc.property(anyWord, ([opcode, rest, ...others]) => {
        const words = Uint32Array.of(opcode + rest * 256, ...others);
        const instruction = decode(words);
        if (instruction === undefined) expect(wordProblem(words)).toBeDefined();
        else expect(encode(instruction)).toEqual(words);
      }),
      { seed: 2, numRuns: 5000 },
    );
  });

  test('fields stand where the format says', () => {
    const words = encode({
      mnemonic: 'MVM',
      fn: 0,
      flags: 0b11,
      unit: 5,
      length: 0x2a + (0x15 << 6) + (0x3f << 12),
      d: { kind: 'spm', value: 0x123456 },
      a: { kind: 'reg', value: 64 },
      b: absentOperand,
    });
    expect([...words]).toEqual([
      0x20 | (0b11 << 14) | (5 << 20),
      (0x123456 | (0x2a << 26)) >>> 0,
      (64 | (3 << 24) | (0x15 << 26)) >>> 0,
      (0x3f << 26) >>> 0,
    ]);
  });

  test.each([
    ['an unknown opcode', [0xff, 0, 0, 0]],
    ['a sub field where there is none', [0x00 | (1 << 8), 0, 0, 0]],
    ['a flag where there is none', [0x00 | (1 << 14), 0, 0, 0]],
    ['a unit where there is none', [0x00 | (1 << 20), 0, 0, 0]],
    ['an operand where there is none', [0x00, 1, 0, 0]],
    ['an operand kind where there is none', [0x00, 2 << 24, 0, 0]],
    ['a length where there is none', [0x00, 1 << 26, 0, 0]],
    ['a length below the least', [0x20, 0, 0, 0]],
    ['a kind the row does not take', [0x20, (2 << 24) | (1 << 26), 0, 0]],
    ['a scalar register where a window is meant', [0x20, 1 << 26, (3 << 24) | 3, 0]],
    ['a function code that is not used', [0x12 | (9 << 8), 1 << 26, 0, 0]],
    ['a register that does not exist', [0x01, 0, (3 << 24) | 20, 0]],
    ['a float that is not finite', [0x0c, 0, (2 << 24) | 0x7f8000, 0]],
    ['a csr that does not exist', [0x02 | (63 << 8), 0, 2 << 24, 0]],
  ])('%s does not decode, and says why', (_, words) => {
    expect(decode(Uint32Array.from(words))).toBeUndefined();
    expect(wordProblem(Uint32Array.from(words))).toMatchObject({ found: expect.any(String), expected: expect.any(String) });
  });

  test('encode refuses what does not fit', () => {
    expect(() => encode({ ...nop, unit: 4096 })).toThrow('unit 4096; want a whole number from 0 to 4095');
    expect(() => encode({ ...nop, length: 2 ** 18 })).toThrow(RangeError);
    expect(() => encode({ ...nop, mnemonic: 'HALT', a: { kind: 'imm', value: -1 } })).toThrow(RangeError);
  });

  test('encode writes at an offset and nowhere else', () => {
    const words = new Uint32Array(12).fill(7);
    encode(nop, words, 4);
    expect([...words]).toEqual([7, 7, 7, 7, 0, 0, 0, 0, 7, 7, 7, 7]);
  });
});

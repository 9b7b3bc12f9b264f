import { expect, test } from 'vitest';
import {
  csrNameOf,
  csrNames,
  csrSpec,
  flagBit,
  flagMask,
  flagNames,
  flagNamesOf,
  functionNameOf,
  functionNames,
  isCsrName,
  isMnemonic,
  mnemonicOf,
  mnemonics,
  operandFields,
  operandSpec,
  rowOf,
  specialIds,
} from '../../src/isa/table.ts';

test('opcodes, functions, flags and registers are found by name and by code', () => {
  for (const mnemonic of mnemonics) {
    expect(mnemonicOf(rowOf(mnemonic).opcode)).toBe(mnemonic);
    for (const name of functionNames(mnemonic)) expect(functionNameOf(mnemonic, rowOf(mnemonic).functions![name]!)).toBe(name);
    expect(flagNamesOf(mnemonic, flagMask(mnemonic))).toEqual(flagNames(mnemonic));
    for (const field of operandFields) expect(operandSpec(mnemonic, field)).toBe(rowOf(mnemonic)[field]);
  }
  for (const name of csrNames) expect(csrNameOf(csrSpec(name).id)).toBe(name);
});

test('names that are not in the table are not found, not even inherited ones', () => {
  expect([isMnemonic('toString'), isCsrName('constructor'), isMnemonic('MVM')]).toEqual([false, false, true]);
  expect([flagBit('MVM', 'toString'), mnemonicOf(0xff), functionNameOf('MOV', 63), csrNameOf(63)]).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
  expect(Object.values(specialIds)).toHaveLength(7);
});

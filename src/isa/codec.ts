import type { OperandKind } from '../../isa/spec.ts';
import { checkWhole, type FieldProblem } from './field-error.ts';
import { operandMask } from './immediates.ts';
import { absentOperand, type Instruction, type Operand } from './instruction.ts';
import { instructionProblem } from './instruction-rules.ts';
import { mnemonicOf, operandFields, rowOf } from './table.ts';
import { putField, readField, wordFields, wordsPerInstruction } from './word-format.ts';

export { absentOperand, type Instruction, type Operand };

/** Kind codes are positions in this list. */
export const operandKinds: readonly OperandKind[] = ['spm', 'agu', 'imm', 'reg'];

const operandWords = {
  d: { value: wordFields.dValue, kind: wordFields.dKind, length: wordFields.lengthLow },
  a: { value: wordFields.aValue, kind: wordFields.aKind, length: wordFields.lengthMiddle },
  b: { value: wordFields.bValue, kind: wordFields.bKind, length: wordFields.lengthHigh },
} as const;

const lengthShift = { d: 0, a: 6, b: 12 } as const;
const chunkMask = 63;

/**
 * Writes an instruction as four u32 at `words[at]`. Operands the row does not have are written as zero bits.
 * @throws FieldError when a number does not fit its field.
 */
export function encode(instruction: Instruction, words: Uint32Array = new Uint32Array(wordsPerInstruction), at = 0): Uint32Array {
  const row = rowOf(instruction.mnemonic);
  words.fill(0, at, at + wordsPerInstruction);
  putField(words, at, wordFields.opcode, row.opcode);
  putField(words, at, wordFields.sub, checkWhole('sub', instruction.fn, 0, 63));
  putField(words, at, wordFields.flags, checkWhole('flags', instruction.flags, 0, 63));
  putField(words, at, wordFields.unit, checkWhole('unit', instruction.unit, 0, 0xfff));
  const length = checkWhole('len', instruction.length, 0, (1 << 18) - 1);
  for (const field of operandFields) {
    const { value, kind, length: chunk } = operandWords[field];
    putField(words, at, chunk, (length >>> lengthShift[field]) & chunkMask);
    if (row[field] === undefined) continue;
    putField(words, at, kind, operandKinds.indexOf(instruction[field].kind));
    putField(words, at, value, checkWhole('operand', instruction[field].value, 0, operandMask));
  }
  return words;
}

/** The instruction at `words[at]`; undefined when the word breaks a rule of the table (see `wordProblem`). */
export function decode(words: Uint32Array, at = 0): Instruction | undefined {
  const read = readWord(words, at);
  return 'found' in read ? undefined : read;
}

/** Why a word does not decode: unknown opcode, unused fields that are not zero, operands the table does not allow. */
export function wordProblem(words: Uint32Array, at = 0): FieldProblem | undefined {
  const read = readWord(words, at);
  return 'found' in read ? read : undefined;
}

function readWord(words: Uint32Array, at: number): Instruction | FieldProblem {
  const opcode = readField(words, at, wordFields.opcode);
  const mnemonic = mnemonicOf(opcode);
  if (mnemonic === undefined)
    return { found: `opcode 0x${opcode.toString(16).padStart(2, '0')}`, expected: 'an opcode of the instruction table' };
  let length = 0;
  const operands = { d: absentOperand, a: absentOperand, b: absentOperand };
  for (const field of operandFields) {
    const { value, kind, length: chunk } = operandWords[field];
    length |= readField(words, at, chunk) << lengthShift[field];
    const operand = { kind: operandKinds[readField(words, at, kind)]!, value: readField(words, at, value) };
    if (rowOf(mnemonic)[field] !== undefined) operands[field] = operand;
    else if (operand.value !== 0 || operand.kind !== 'spm')
      return { found: `${mnemonic} with operand ${field.toUpperCase()}`, expected: 'zero bits in that unused field' };
  }
  const instruction: Instruction = {
    mnemonic,
    fn: readField(words, at, wordFields.sub),
    flags: readField(words, at, wordFields.flags),
    unit: readField(words, at, wordFields.unit),
    length,
    ...operands,
  };
  return instructionProblem(instruction) ?? instruction;
}

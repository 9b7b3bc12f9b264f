import { type Format, formatBytes, limits } from '../../isa/limits.ts';
import { csrImmediate } from './csr-operand.ts';
import { readIntegerImmediate } from './immediates.ts';
import type { Instruction } from './instruction.ts';
import { unpackGroup, type WindowFields } from './pack-fields.ts';
import type { ProgramView } from './program-view.ts';
import { csrNameOf, flagNamesOf, functionNameOf, type OperandField } from './table.ts';

/**
 * A lower bound of the bytes an address operand covers, from the words alone: exact for DMA; elsewhere elements count at least one
 * byte, or the format when one SETC sets it for the whole program.
 */
export function leastBytes(view: ProgramView, word: number, field: OperandField, window: WindowFields | undefined): number {
  const instruction = view.instructions[word]!;
  const elements = window === undefined ? leastElements(view, word, field) : window.height * window.width * window.channels;
  return Math.max(elements, 1) * (isDma(instruction) ? 1 : elementBytes(view, word, field));
}

const isDma = ({ mnemonic }: Instruction): boolean => mnemonic === 'DLD' || mnemonic === 'DST';

function leastElements(view: ProgramView, word: number, field: OperandField): number {
  const instruction = view.instructions[word]!;
  const { mnemonic, length, fn } = instruction;
  switch (mnemonic) {
    case 'DLD':
      return dmaBytes(instruction, field === 'a');
    case 'DST':
      return dmaBytes(instruction, field === 'd');
    case 'MVM':
    case 'MVT': {
      const shape = groupShape(view, word, instruction.unit);
      return length * ((mnemonic === 'MVM') === (field === 'a') ? shape.rows : shape.columns);
    }
    case 'VEC':
    case 'QNT':
      return length;
    case 'ACT':
      return field === 'b' && functionNameOf('ACT', fn) === 'lut' ? 1 : length;
    case 'MOV':
      return functionNameOf('MOV', fn) === 'col2im' ? 1 : length;
    case 'RED':
      return field === 'a' ? length : 1;
    case 'LOSS':
      return field === 'b' ? 1 : length;
    case 'MMD':
      return field === 'd' ? 1 : length;
    default:
      return 1;
  }
}

function dmaBytes({ fn, length, b }: Instruction, spread: boolean): number {
  const rows = Math.max(fn, 1);
  if (!spread) return rows * length;
  const pitch = b.kind === 'imm' ? readIntegerImmediate(b.value) || length : 0;
  return (rows - 1) * Math.max(pitch, 0) + length;
}

/** The group as the words before this one define it; 1 x 1 when they disagree or are missing. */
function groupShape({ instructions, wordsOf }: ProgramView, word: number, unit: number): { rows: number; columns: number } {
  const shapes = wordsOf('GRP').filter((at) => {
    const instruction = instructions[at]!;
    return instruction.unit === unit && !flagNamesOf('GRP', instruction.flags).includes('X');
  });
  const only = instructions[shapes[0] ?? -1];
  if (only === undefined || shapes.length > 1 || shapes[0]! > word) return { rows: 1, columns: 1 };
  // a row that the tile drives by itself is in no operand
  const constant = wordsOf('SETC').some((at) => csrNameOf(instructions[at]!.fn) === 'CONSTANT_ROW') ? 1 : 0;
  return { rows: only.length - constant, columns: unpackGroup(only.d.value, only.a.value, only.b.value).columns };
}

/**
 * Bytes of one element: known when every word that sets the register agrees and the first of them runs before any loop or branch could
 * skip it; before that the register holds the chip's format, which may be one byte.
 */
function elementBytes({ instructions, wordsOf, firstJump }: ProgramView, word: number, field: OperandField): number {
  const { mnemonic } = instructions[word]!;
  const isMvm = mnemonic === 'MVM' || mnemonic === 'MVT';
  const inFormat = isMvm || ['VEC', 'ACT', 'MOV', 'POOL'].includes(mnemonic) || (mnemonic === 'RED' && field === 'a');
  if (!inFormat || (mnemonic === 'POOL' && field === 'b')) return 1;
  const register = isMvm ? (field === 'a' ? 'IN_FORMAT' : 'OUT_FORMAT') : 'FORMAT';
  const sets = wordsOf('SETC').flatMap((at) => {
    const instruction = instructions[at]!;
    return csrNameOf(instruction.fn) === register ? [{ instruction, word: at }] : [];
  });
  const [first] = sets;
  const certain =
    first !== undefined &&
    first.word < word &&
    (firstJump < 0 || first.word < firstJump) &&
    (!isMvm || first.instruction.unit === limits.everyGroup);
  if (!certain) return 1;
  return Math.min(
    ...sets.map(({ instruction: { a } }) => formatSize(a.kind === 'imm' ? csrImmediate(register, a.value) : undefined)),
  );
}

const formatSize = (format: number | string | undefined): number => (format === undefined ? 1 : formatBytes[format as Format]);

import { limits, registerIds } from '../../isa/limits.ts';
import { floatImmediate, readFloatImmediate, readIntegerImmediate, readLiteral, unpackAguOperand } from './immediates.ts';
import type { Instruction, Operand } from './instruction.ts';
import { immediateRule, isLiteral } from './instruction-rules.ts';
import { shortestText } from './number-text.ts';
import type { ProgramSymbol } from './program.ts';
import {
  csrNameOf,
  flagNamesOf,
  functionNameOf,
  type OperandField,
  operandFields,
  operandSpec,
  rowOf,
  specialIds,
} from './table.ts';

export interface PrintContext {
  readonly symbols: readonly ProgramSymbol[];
  /** Label printed at a word, if any. */
  labelOf(word: number): string | undefined;
}

/** One instruction in the general form `OP.fn.FLAG D, A, B, W0, len=…`; undefined when text cannot say it. */
export function printInstruction(instruction: Instruction, word: number, context: PrintContext): string | undefined {
  const { mnemonic, fn, flags } = instruction;
  const head = [mnemonic, functionNameOf(mnemonic, fn), ...flagNamesOf(mnemonic, flags)]
    .filter((part) => part !== undefined)
    .join('.');
  if (mnemonic === 'LOOP') return printLoop(instruction, context);
  const operands = isLiteral(mnemonic, fn) ? printLiteral(instruction) : printOperands(instruction, word, context);
  if (operands === undefined) return undefined;
  const parts = [...operands, ...printFields(instruction)];
  return parts.length === 0 ? head : `${head} ${parts.join(', ')}`;
}

function printLoop(instruction: Instruction, context: PrintContext): string {
  const start = isAbsent(instruction, 'd') ? '' : `, start=${printOperand(instruction, 'd', context)}`;
  return `LOOP L${instruction.unit}, ${printOperand(instruction, 'a', context)}${start}`;
}

function printLiteral(instruction: Instruction): string[] | undefined {
  const { a, b, flags, d } = instruction;
  if (a.kind !== 'imm' || b.kind !== 'imm') return undefined;
  const integer = flagNamesOf('SETR', flags).includes('I');
  const value = readLiteral(a.value, b.value, integer);
  if (!Number.isFinite(value)) return undefined;
  const text = integer ? String(value) : shortestText(value, (candidate) => Object.is(Math.fround(candidate), value));
  return [printRegister(d.value), `#${text}`];
}

function printOperands(instruction: Instruction, word: number, context: PrintContext): string[] {
  const fields = operandFields.filter((field) => operandSpec(instruction.mnemonic, field) !== undefined);
  const last = fields.findLastIndex((field) => !isAbsent(instruction, field));
  return fields.slice(0, last + 1).map((field) => {
    if (isAbsent(instruction, field)) return '-';
    const target =
      instruction.mnemonic === 'BR' && field === 'd'
        ? context.labelOf(word + readIntegerImmediate(instruction.d.value))
        : undefined;
    return target ?? printOperand(instruction, field, context);
  });
}

const isAbsent = (instruction: Instruction, field: OperandField): boolean =>
  operandSpec(instruction.mnemonic, field)?.optional === true &&
  instruction[field].kind === 'imm' &&
  instruction[field].value === 0;

function printFields({ mnemonic, fn, unit, length }: Instruction): string[] {
  const { unit: field, length: lengthSpec, subNumber } = rowOf(mnemonic);
  const parts: string[] = [];
  if (subNumber?.name === 'csr') parts.push(`csr=${csrNameOf(fn)}`);
  else if (subNumber !== undefined && fn !== 0) parts.push(`${subNumber.name}=${fn}`);
  const usual = field === 'mask' ? limits.everyGroup : 0;
  if (field === 'group' && unit !== limits.everyGroup) parts.push(`W${unit}`);
  else if (unit !== usual) parts.push(`unit=${unit === limits.everyGroup ? 'all' : unit}`);
  if (length !== (lengthSpec?.default ?? 0)) parts.push(`len=${length}`);
  return parts;
}

function printOperand(instruction: Instruction, field: OperandField, context: PrintContext): string {
  const operand = instruction[field];
  switch (operand.kind) {
    case 'spm':
      return `[${printAddress(operand.value, 'spm', context)}]`;
    case 'agu': {
      const { id, offset } = unpackAguOperand(operand.value);
      return `$a${id}${offset === 0 ? '' : offset > 0 ? `+${offset}` : offset}`;
    }
    case 'reg':
      return printRegister(operand.value);
    case 'imm':
      return `#${printImmediate(operand, immediateRule(instruction, field))}`;
  }
}

function printImmediate({ value }: Operand, rule: ReturnType<typeof immediateRule>): string {
  if (rule === 'integer') return String(readIntegerImmediate(value));
  if (rule !== 'float') return `0x${value.toString(16)}`;
  return shortestText(readFloatImmediate(value), (candidate) => floatImmediate(candidate) === value);
}

export function printRegister(id: number): string {
  if (id < limits.registers) return `r${id}`;
  if (id >= registerIds.firstWindow) return `@w${id - registerIds.firstWindow}`;
  const special = Object.entries(specialIds).find(([, known]) => known === id);
  return special === undefined ? `L${id - registerIds.firstLoopCounter}` : `!${special[0]}`;
}

/** The smallest symbol around an address, with an offset; a plain number outside all of them. */
export function printAddress(address: number, space: 'spm' | 'dram', { symbols }: PrintContext): string {
  const around = symbols.filter((area) => area.space === space && address >= area.address && address < area.address + area.bytes);
  const best = around.sort((left, right) => left.bytes - right.bytes)[0];
  if (best === undefined) return String(address);
  return address === best.address ? best.name : `${best.name}+${address - best.address}`;
}

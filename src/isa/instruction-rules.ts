import type { Mnemonic } from '../../isa/instructions.ts';
import { limits, registerIds } from '../../isa/limits.ts';
import type { OperandSpec, UnitField } from '../../isa/spec.ts';
import type { FieldProblem } from './field-error.ts';
import { readFloatImmediate } from './immediates.ts';
import type { Instruction, Operand } from './instruction.ts';
import {
  csrNameOf,
  csrNames,
  flagBit,
  flagMask,
  flagNames,
  functionNameOf,
  functionNames,
  type OperandField,
  operandFields,
  operandSpec,
  rowOf,
} from './table.ts';

/** How an immediate of this instruction is read; `half` is one half of the literal of SETR.lit. */
export type ImmediateRule = 'float' | 'integer' | 'packed' | 'half';

/** Flag I turns float operands into integers; everything else is as the row says. */
export function immediateRule(
  { mnemonic, fn, flags }: Pick<Instruction, 'mnemonic' | 'fn' | 'flags'>,
  field: OperandField,
): ImmediateRule {
  const spec = operandSpec(mnemonic, field);
  if (isLiteral(mnemonic, fn)) return 'half';
  if (spec?.immediate === 'float' && (flags & (flagBit(mnemonic, 'I') ?? 0)) !== 0) return 'integer';
  return spec?.immediate ?? 'packed';
}

export const isLiteral = (mnemonic: Mnemonic, fn: number): boolean =>
  mnemonic === 'SETR' && functionNameOf(mnemonic, fn) === 'lit';

/** Largest value of the unit field by what it selects; chip-dependent units are checked by the validator. */
export const unitLimit: Readonly<Record<UnitField, number>> = {
  none: 0,
  group: limits.groupCount - 1,
  'vector-unit': 0xfff,
  dma: 0xfff,
  controller: 0xfff,
  agu: limits.aguCount - 1,
  window: limits.windowCount - 1,
  level: limits.loopLevels - 1,
  mask: limits.everyGroup,
};

/** The first rule of the table an instruction breaks; undefined when it is well formed. */
export function instructionProblem(instruction: Instruction): FieldProblem | undefined {
  return (
    subProblem(instruction) ??
    flagProblem(instruction) ??
    unitProblem(instruction) ??
    lengthProblem(instruction) ??
    operandFields.map((field) => operandProblem(instruction, field)).find((problem) => problem !== undefined)
  );
}

function subProblem({ mnemonic, fn }: Instruction): FieldProblem | undefined {
  const { functions, subNumber } = rowOf(mnemonic);
  if (functions !== undefined)
    return functionNameOf(mnemonic, fn) === undefined
      ? { found: `${mnemonic} with function code ${fn}`, expected: `one of ${functionNames(mnemonic).join(', ')}` }
      : undefined;
  if (mnemonic === 'SETC' && csrNameOf(fn) === undefined)
    return { found: `SETC with csr ${fn}`, expected: `one of ${csrNames.join(', ')}` };
  const max = subNumber?.max ?? 0;
  return fn > max ? { found: `${mnemonic} with ${subNumber?.name ?? 'sub'} ${fn}`, expected: `at most ${max}` } : undefined;
}

function flagProblem({ mnemonic, flags }: Instruction): FieldProblem | undefined {
  if ((flags & ~flagMask(mnemonic)) === 0) return undefined;
  const names = flagNames(mnemonic);
  return {
    found: `${mnemonic} with flag bits ${flags.toString(2)}`,
    expected: names.length === 0 ? 'no flags' : `only ${names.join(', ')}`,
  };
}

function unitProblem({ mnemonic, unit }: Instruction): FieldProblem | undefined {
  const { unit: field } = rowOf(mnemonic);
  if (mnemonic === 'SETC' && unit === limits.everyGroup) return undefined;
  const max = unitLimit[field];
  return unit > max ? { found: `${mnemonic} with unit ${unit}`, expected: `${field} 0 to ${max}` } : undefined;
}

function lengthProblem({ mnemonic, length }: Instruction): FieldProblem | undefined {
  const spec = rowOf(mnemonic).length;
  if (spec === undefined) return length === 0 ? undefined : { found: `${mnemonic} with len=${length}`, expected: 'no len' };
  const min = spec.min ?? 0;
  return length < min ? { found: `${mnemonic} with len=${length}`, expected: `len of at least ${min} (${spec.doc})` } : undefined;
}

function operandProblem(instruction: Instruction, field: OperandField): FieldProblem | undefined {
  const { mnemonic } = instruction;
  const spec = operandSpec(mnemonic, field);
  const operand = instruction[field];
  if (spec === undefined) return undefined;
  if (spec.optional === true && operand.kind === 'imm' && operand.value === 0) return undefined;
  const found = `${mnemonic} operand ${field.toUpperCase()}`;
  if (!spec.kinds.includes(operand.kind)) return { found: `${found} of kind ${operand.kind}`, expected: kindsSentence(spec) };
  if (operand.kind === 'reg') return registerProblem(found, spec, operand);
  if (operand.kind !== 'imm') return undefined;
  const rule = immediateRule(instruction, field);
  if (rule === 'float' && !Number.isFinite(readFloatImmediate(operand.value)))
    return { found: `${found} that is not finite`, expected: 'a finite number' };
  if (rule === 'half' && operand.value > 0xffff)
    return { found: `${found} = ${operand.value}`, expected: 'a 16-bit half of a literal' };
  return undefined;
}

function registerProblem(found: string, spec: OperandSpec, { value }: Operand): FieldProblem | undefined {
  const isWindow = value >= registerIds.firstWindow && value < registerIds.firstWindow + limits.windowCount;
  const isRegister = value < limits.registers;
  const isCounter = value >= registerIds.firstLoopCounter && value < registerIds.firstLoopCounter + limits.loopLevels;
  const isSpecial = value >= registerIds.loss && value <= registerIds.nonzeros;
  const target = spec.kinds.length === 1;
  const allowed =
    spec.window === true ? isWindow : target ? (isRegister && value > 0) || isSpecial : isRegister || isCounter || isSpecial;
  return allowed ? undefined : { found: `${found} naming register ${value}`, expected: kindsSentence(spec) };
}

/** The forms an operand may take, as assembly writes them. */
export function kindsSentence(spec: OperandSpec): string {
  const target = spec.kinds.length === 1 && spec.kinds[0] === 'reg';
  const forms = spec.kinds.map((kind) => {
    if (kind === 'spm') return '[address]';
    if (kind === 'agu') return '$aN';
    if (kind === 'imm') return spec.immediate === 'float' ? '#number' : '#integer';
    if (spec.window === true) return 'a window @wN';
    return target ? 'a register r1-r15 or a special' : 'a register, loop counter or special';
  });
  return `${forms.join(' or ')} (${spec.doc})`;
}

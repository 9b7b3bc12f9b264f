import type { Mnemonic } from '../../isa/instructions.ts';
import type { OperandKind } from '../../isa/spec.ts';

/** An operand field as the word holds it: `value` is the raw 24-bit pattern, read according to kind and table. */
export interface Operand {
  readonly kind: OperandKind;
  readonly value: number;
}

/** One decoded word. `fn` is the `sub` field: a function code, or the number the row names (csr, rows, shift …). */
export interface Instruction {
  readonly mnemonic: Mnemonic;
  readonly fn: number;
  readonly flags: number;
  readonly unit: number;
  readonly length: number;
  readonly d: Operand;
  readonly a: Operand;
  readonly b: Operand;
}

/** What an operand that was left out decodes to. */
export const absentOperand: Operand = { kind: 'imm', value: 0 };

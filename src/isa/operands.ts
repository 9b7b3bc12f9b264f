import { limits, registerIds } from '../../isa/limits.ts';
import { checkWhole } from './field-error.ts';
import { floatImmediate, integerImmediate, literalHalves, operandMask, packAguOperand } from './immediates.ts';
import type { Operand } from './instruction.ts';
import { specialIds } from './table.ts';

/** Operand constructors. All throw FieldError (a RangeError) when the number does not fit. */

/** Scratchpad byte address. */
export const spm = (address: number): Operand => ({ kind: 'spm', value: checkWhole('address', address, 0, operandMask) });

/** Address generator plus a signed byte offset. */
export const agu = (id: number, offset = 0): Operand => ({ kind: 'agu', value: packAguOperand(id, offset) });

/** Number kept to 16 significant bits; for more use SETR.lit with `literal`. */
export const float = (value: number): Operand => ({ kind: 'imm', value: floatImmediate(value) });

/** Signed 24-bit integer. */
export const integer = (value: number): Operand => ({ kind: 'imm', value: integerImmediate(value) });

/** Unsigned 24-bit pattern of a packed operand. */
export const packedBits = (raw: number): Operand => ({ kind: 'imm', value: checkWhole('pattern', raw, 0, operandMask) });

/** r0-r15. */
export const register = (id: number): Operand => ({ kind: 'reg', value: checkWhole('register', id, 0, limits.registers - 1) });

/** Loop counter L0-L5. */
export const counter = (level: number): Operand => ({
  kind: 'reg',
  value: registerIds.firstLoopCounter + checkWhole('loop level', level, 0, limits.loopLevels - 1),
});

/** A special: loss, hits, count, saturations, retries. */
export const special = (name: keyof typeof specialIds): Operand => ({ kind: 'reg', value: specialIds[name] });

/** Window descriptor w0-w7. */
export const window = (id: number): Operand => ({
  kind: 'reg',
  value: registerIds.firstWindow + checkWhole('window', id, 0, limits.windowCount - 1),
});

/** Operands A and B of SETR.lit: an f32, or an i32 with `integer` (then give flag I as well). */
export function literal(
  value: number,
  options: { readonly integer?: boolean } = {},
): { readonly a: Operand; readonly b: Operand } {
  const { high, low } = literalHalves(value, options.integer ?? false);
  return { a: { kind: 'imm', value: high }, b: { kind: 'imm', value: low } };
}

import { limits } from '../../isa/limits.ts';
import { checkWhole, FieldError } from './field-error.ts';

const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);

export const operandMask = 0xffffff;
const integerLimit = 1 << 23;

/**
 * Top 24 bits of the f32 nearest to `value`, rounded half to even: 16 significant bits (|error| <= 2^-16 |value|).
 * @throws FieldError for NaN and what overflows.
 */
export function floatImmediate(value: number): number {
  float[0] = value;
  const whole = bits[0]!;
  const rounded = (whole + 0x7f + ((whole >>> 8) & 1)) >>> 8;
  if (!Number.isFinite(value) || !Number.isFinite(readFloatImmediate(rounded)))
    throw new FieldError({ found: `value ${value}`, expected: 'a finite number within the f32 range' });
  return rounded;
}

/** The f32 whose top 24 bits are `raw`. */
export function readFloatImmediate(raw: number): number {
  bits[0] = (raw & operandMask) << 8;
  return float[0]!;
}

/** Two's complement in 24 bits. @throws FieldError outside -8388608 .. 8388607. */
export const integerImmediate = (value: number): number =>
  checkWhole('value', value, -integerLimit, integerLimit - 1) & operandMask;

export const readIntegerImmediate = (raw: number): number => (raw << 8) >> 8;

/** The 32-bit literal of SETR.lit as two 16-bit halves; an f32 or, with `integer`, an i32. */
export function literalHalves(value: number, integer: boolean): { readonly high: number; readonly low: number } {
  if (integer) bits[0] = checkWhole('literal', value, -(2 ** 31), 2 ** 31 - 1);
  else float[0] = value;
  if (!integer && !Number.isFinite(float[0]!))
    throw new FieldError({ found: `literal ${value}`, expected: 'a finite number within the f32 range' });
  return { high: bits[0]! >>> 16, low: bits[0]! & 0xffff };
}

export function readLiteral(high: number, low: number, integer: boolean): number {
  bits[0] = ((high << 16) | low) >>> 0;
  return integer ? bits[0]! | 0 : float[0]!;
}

const aguBits = 5;
const offsetLimit = 1 << (24 - aguBits - 1);

/** AGU operand: id in bits 4:0, signed extra byte offset in bits 23:5. */
export function packAguOperand(id: number, offset: number): number {
  checkWhole('AGU', id, 0, limits.aguCount - 1);
  return ((checkWhole('offset', offset, -offsetLimit, offsetLimit - 1) << aguBits) | id) & operandMask;
}

export const unpackAguOperand = (raw: number): { readonly id: number; readonly offset: number } => ({
  id: raw & (limits.aguCount - 1),
  offset: readIntegerImmediate(raw) >> aguBits,
});

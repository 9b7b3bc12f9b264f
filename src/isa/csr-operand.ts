import type { CsrName } from '../../isa/csrs.ts';
import { nearestName } from '../config/nearest-name.ts';
import { FieldError } from './field-error.ts';
import { readFloatImmediate, readIntegerImmediate } from './immediates.ts';
import type { Operand } from './instruction.ts';
import { float, integer } from './operands.ts';
import { csrSpec } from './table.ts';

/**
 * Operand A of SETC for a value in the register's own type: a number, or the name of a choice.
 * @throws FieldError outside the register's range.
 */
export function csrOperand(name: CsrName, value: number | string): Operand {
  const { type, choices = [], min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = csrSpec(name);
  if (type === 'choice') {
    const code = choices.indexOf(String(value));
    if (code >= 0) return integer(code);
    const nearest = nearestName(String(value), choices);
    throw new FieldError({
      found: `${name}=${value}`,
      expected: `one of ${choices.join(', ')}`,
      ...(nearest === undefined ? {} : { nearest }),
    });
  }
  const number = typeof value === 'number' ? value : Number.NaN;
  const whole = type === 'float' || Number.isInteger(number);
  if (!(number >= min && number <= max) || !whole)
    throw new FieldError({
      found: `${name}=${value}`,
      expected: `${type === 'float' ? 'a number' : 'a whole number'} from ${min} to ${max}`,
    });
  return type === 'float' ? float(number) : integer(number);
}

/** The value an immediate sets, in the register's own type; undefined when it is out of range. */
export function csrImmediate(name: CsrName, raw: number): number | string | undefined {
  const { type, choices = [], min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = csrSpec(name);
  if (type === 'choice') return choices[raw];
  const value = type === 'float' ? readFloatImmediate(raw) : readIntegerImmediate(raw);
  return value >= min && value <= max && Number.isFinite(value) ? value : undefined;
}

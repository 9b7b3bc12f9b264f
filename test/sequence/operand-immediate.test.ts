import { describe, expect, it } from 'vitest';
import { operandImmediate } from '../../src/sequence/operand-immediate.ts';

describe('operand reading', () => {
  it('follows the table: float, integer, register, absent or no operand at all', () => {
    expect(operandImmediate('DLY', 'a')).toBe('float');
    expect(operandImmediate('LOOP', 'a')).toBe('integer');
    expect(operandImmediate('SETR', 'd')).toBe('register');
    expect(operandImmediate('VEC', 'b')).toBe('float');
    expect(operandImmediate('DLD', 'b')).toBe('integer');
    // immediate 0 in an optional address operand means "none"
    expect(operandImmediate('LOSS', 'd')).toBe('none');
    expect(operandImmediate('POOL', 'b')).toBe('none');
    expect(operandImmediate('NOP', 'a')).toBeUndefined();
  });
});

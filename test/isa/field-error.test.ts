import { expect, test } from 'vitest';
import { checkWhole, FieldError } from '../../src/isa/field-error.ts';

test('a field error is a RangeError that keeps its parts', () => {
  const error = new FieldError({ found: 'unit 9', expected: '0 to 7' });
  expect(error).toBeInstanceOf(RangeError);
  expect([error.message, error.problem.found]).toEqual(['unit 9; want 0 to 7', 'unit 9']);
});

test('checkWhole returns what is in range and refuses the rest', () => {
  expect(checkWhole('len', 3, 0, 3)).toBe(3);
  for (const value of [-1, 4, 0.5, Number.NaN])
    expect(() => checkWhole('len', value, 0, 3)).toThrow(`len ${value}; want a whole number from 0 to 3`);
});

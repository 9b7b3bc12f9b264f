import { expect, test } from 'vitest';
import { attempt, createAssembly, located, report, TokenError } from '../../src/isa/assembly.ts';
import { createProgramBuilder } from '../../src/isa/builder.ts';
import { FieldError } from '../../src/isa/field-error.ts';

const token = { text: 'x', column: 4 };
const field = (): never => {
  throw new FieldError({ found: 'unit 9', expected: '0 to 7' });
};

test('attempt turns mistakes into issues at their token and lets everything else through', () => {
  const assembly = createAssembly('f', createProgramBuilder('f'));
  assembly.line = 2;
  expect(attempt(assembly, token, () => undefined)).toBe(true);
  expect(attempt(assembly, token, field)).toBe(false);
  expect(
    attempt(assembly, token, () => {
      throw new TokenError({ text: '', column: 9 }, 'a name', { nearest: 'n' });
    }),
  ).toBe(false);
  expect(assembly.issues).toEqual([
    { file: 'f', line: 2, column: 4, found: 'unit 9', expected: '0 to 7' },
    { file: 'f', line: 2, column: 9, found: 'nothing', expected: 'a name', nearest: 'n' },
  ]);
  expect(() =>
    attempt(assembly, token, () => {
      throw new TypeError('a bug');
    }),
  ).toThrow(TypeError);
});

test('located blames a token for a field error', () => {
  expect(located(token, () => 3)).toBe(3);
  expect(() => located(token, field)).toThrow(TokenError);
});

test('report adds one issue', () => {
  const assembly = createAssembly('f', createProgramBuilder('f'));
  report(assembly, token, { found: 'a', expected: 'b' });
  expect(assembly.issues).toEqual([{ file: 'f', line: 0, column: 4, found: 'a', expected: 'b' }]);
});

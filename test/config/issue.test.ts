import { expect, test } from 'vitest';
import { describeIssue, InputError, inputError } from '../../src/config/issue.ts';

test('an issue reads as one sentence with its place', () => {
  expect(describeIssue({ file: 'a.yaml', line: 3, column: 5, found: '"rws"', expected: 'one of rows', nearest: 'rows' })).toBe(
    'a.yaml:3:5 found "rws", expected one of rows (did you mean rows?)',
  );
  expect(describeIssue({ file: 'a.bin', found: 'nothing', expected: 'a file' })).toBe('a.bin found nothing, expected a file');
});

test('an InputError shows all of its issues, one a line', () => {
  const error = new InputError([
    { file: 'a', found: 'x', expected: 'y' },
    { file: 'b', found: 'p', expected: 'q' },
  ]);
  expect(error.message).toBe('a found x, expected y\nb found p, expected q');
  expect(inputError('a', 'x', 'y', 'z').issues).toEqual([{ file: 'a', found: 'x', expected: 'y', nearest: 'z' }]);
});

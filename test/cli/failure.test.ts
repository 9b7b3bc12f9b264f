import { CommanderError } from 'commander';
import { expect, test } from 'vitest';
import { reportFailure } from '../../src/cli/failure.ts';
import { TryAgainError } from '../../src/cli/try-again.ts';
import { InputError } from '../../src/config/issue.ts';
import { testIo } from './session.ts';

function failed(error: unknown, environment: Record<string, string> = {}) {
  const said = { stdout: '', stderr: '' };
  return { exitCode: reportFailure(error, testIo(said, { environment })), ...said };
}

test('bad input: every issue on its line, no stack', () => {
  const error = new InputError([
    { file: 'a.yaml', line: 2, column: 3, found: 'rosw', expected: 'a value', nearest: 'rows' },
    { file: 'a.yaml', line: 4, column: 1, found: 'x', expected: 'y' },
  ]);
  expect(failed(error)).toEqual({
    exitCode: 65,
    stdout: '',
    stderr: 'a.yaml:2:3 found rosw, expected a value (did you mean rows?)\na.yaml:4:1 found x, expected y\n',
  });
});

test('what may go better another time says so, with its own code', () => {
  expect(failed(new TryAgainError('mnist cannot be downloaded.'))).toEqual({
    exitCode: 75,
    stdout: '',
    stderr: 'mnist cannot be downloaded.\n',
  });
});

test('a mistake of our own: one sentence, how to report it, the stack on request only', () => {
  const error = new RangeError('delay is -3 ps; want a whole number >= 0');
  const quiet = failed(error);
  expect(quiet.exitCode).toBe(70);
  expect(quiet.stderr).toContain('ohmic failed inside: delay is -3 ps; want a whole number >= 0\n');
  expect(quiet.stderr).toContain('please report it');
  expect(quiet.stderr).not.toMatch(/^\s+at /m);
  expect(failed(error, { OHMIC_DEBUG: '1' }).stderr).toMatch(/^\s+at /m);
});

test('something thrown that is no error is told too', () => expect(failed('odd').stderr).toContain('odd'));

test('what commander has said is not said again', () => {
  expect(failed(new CommanderError(1, 'commander.unknownOption', 'x'))).toEqual({ exitCode: 64, stdout: '', stderr: '' });
  expect(failed(new CommanderError(0, 'commander.helpDisplayed', 'x')).exitCode).toBe(0);
});

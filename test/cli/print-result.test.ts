import { expect, test } from 'vitest';
import type { Io } from '../../src/cli/io.ts';
import { printResult, tableStyle } from '../../src/cli/print-result.ts';
import { testIo } from './session.ts';

const io = (overrides: Partial<Io>): Io => testIo({ stdout: '', stderr: '' }, overrides);
const bold = (overrides: Partial<Io>): boolean => tableStyle(io(overrides)).emphasise('x') !== 'x';

test('titles are bold on a terminal only, and not where colour is unwanted', () => {
  expect(bold({ stdoutColumns: undefined })).toBe(false);
  expect(bold({ stdoutColumns: 100 })).toBe(true);
  expect(bold({ stdoutColumns: 100, environment: { NO_COLOR: '1' } })).toBe(false);
  expect(bold({ stdoutColumns: 100, environment: { TERM: 'dumb' } })).toBe(false);
});

test('tables are as wide as the terminal; off a terminal a row is one line', () => {
  expect(tableStyle(io({ stdoutColumns: 100 })).width).toBe(100);
  expect(tableStyle(io({ stdoutColumns: 10 })).width).toBe(60);
  expect(tableStyle(io({})).width).toBeUndefined();
});

const table = (title: string) => ({ name: title, title, columns: [''], rows: [['cell']] });

test('tables, or the document with --json', () => {
  const said = { stdout: '', stderr: '' };
  printResult(testIo(said), {}, { a: 1 }, [table('One'), table('Two')]);
  expect(said.stdout).toBe('One\n  cell\n\nTwo\n  cell\n');
  said.stdout = '';
  printResult(testIo(said), { json: true }, { a: 1 }, [table('One')]);
  expect(said.stdout).toBe('{\n  "a": 1\n}\n');
});

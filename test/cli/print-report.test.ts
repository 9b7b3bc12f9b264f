import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { printReport, writeReport } from '../../src/cli/print-report.ts';
import { asJson } from '../../src/report/as-json.ts';
import { sampleReport } from '../report/sample-report.ts';
import { openSession, testIo } from './session.ts';

/** A context that catches what is said and the exit code. */
function bench() {
  const said = { stdout: '', stderr: '', exitCode: 0 };
  return { said, context: { io: testIo(said), finish: (code: number) => void (said.exitCode = code) } };
}

test('a page, or the document with --json', () => {
  const { said, context } = bench();
  printReport(context, sampleReport, {});
  expect(said.stdout).toContain('Accuracy over 2000 samples');
  said.stdout = '';
  printReport(context, sampleReport, { json: true });
  expect(said).toEqual({ stdout: asJson(sampleReport), stderr: '', exitCode: 0 });
});

test.each(['trapped', 'deadlocked', 'limit'])('a program that ended %s is shown, and is a failed check', (ending) => {
  const { said, context } = bench();
  printReport(context, { ...sampleReport, ending, warnings: ['the program trapped at p.oasm:3: no such word'] }, {});
  expect(said.stdout).toContain(`: ${ending} (`);
  expect(said.stdout).toContain('warning: the program trapped at p.oasm:3');
  expect(said.exitCode).toBe(2);
});

test('a folder keeps the document and every table as CSV', () => {
  const { at } = openSession();
  writeReport(bench().context, sampleReport, at('kept'));
  expect(readFileSync(at('kept/report.json'), 'utf8')).toBe(asJson(sampleReport));
  expect(readFileSync(at('kept/report.csv'), 'utf8')).toMatch(/^table,row,column,value,unit\naccuracy,/);
});

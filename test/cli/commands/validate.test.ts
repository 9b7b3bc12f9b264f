import { expect, test } from 'vitest';
import type { Validation } from '../../../src/validation/validate.ts';
import { openSession } from '../session.ts';

test('--only measures the rows asked for; the document says what it compared', async () => {
  const { exitCode, stdout, stderr } = await openSession().ohmic('validate', '--only', 'P130', '--json', '--quiet');
  expect([exitCode, stderr]).toEqual([0, '']);
  const { schema, rows, ok } = JSON.parse(stdout) as Validation;
  expect([schema, ok]).toEqual(['ohmic.validation/1', true]);
  expect(rows.map(({ id }) => id)).toEqual(expect.arrayContaining(['P130-energy', 'P130-latency']));
  for (const { id, source } of rows) expect([id.startsWith('P130'), source.length > 0]).toEqual([true, true]);
});

test('the page ends with the count', async () => {
  const { stdout } = await openSession().ohmic('validate', '--only', 'P14', '--quiet');
  expect(stdout).toMatch(/2 of 2 judged rows within tolerance\.\n$/);
});

test('a row nobody claims is bad input', async () => {
  const { exitCode, stdout, stderr } = await openSession().ohmic('validate', '--only', 'X9', '--quiet');
  expect([exitCode, stdout]).toEqual([65, '']);
  expect(stderr).toContain('X9');
});

import { expect, test } from 'vitest';
import { printManual } from '../../../src/isa/manual.ts';
import { openSession } from '../session.ts';

test('prints the manual and nothing else', async () => {
  expect(await openSession().ohmic('isa')).toEqual({ exitCode: 0, stdout: printManual(), stderr: '' });
});

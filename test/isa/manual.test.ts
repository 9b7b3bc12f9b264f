import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { printManual } from '../../src/isa/manual.ts';
import { csrNames, mnemonics } from '../../src/isa/table.ts';

test('the committed manual is current; if not, run npm run manual', () => {
  expect(readFileSync(new URL('../../isa/reference.md', import.meta.url), 'utf8')).toBe(printManual());
});

test('every instruction and register has its place in it', () => {
  const manual = printManual();
  expect(mnemonics.filter((mnemonic) => !manual.includes(`### ${mnemonic} `))).toEqual([]);
  expect(csrNames.filter((name) => !manual.includes(`| ${name} |`))).toEqual([]);
});

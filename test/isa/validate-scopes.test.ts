import { expect, test } from 'vitest';
import { assemble } from '../../src/isa/assemble.ts';
import type { RegionScope } from '../../src/isa/program.ts';
import { createProgramView } from '../../src/isa/program-view.ts';
import { scopeIssues } from '../../src/isa/validate-scopes.ts';

const regions = '.region 0 phase "forward"\n.region 1 layer "one"\n.region 2 evaluation "test"\n';
const program = assemble(
  `${regions}NOP\nLOOP L0, #2\nNOP\nBR.lt next, r1, r2\nNOP\nnext: NOP\n.end\nNOP\nBR.lt #-1, r1, r2\nHALT`,
  't',
);
const issues = (...scopes: readonly RegionScope[]) => scopeIssues(createProgramView({ ...program, scopes }));

test('scopes inside each other and around or inside loops are fine, branches within them too', () => {
  const around = { region: 0, start: 1, end: 6 };
  const inside = { region: 1, start: 2, end: 6 };
  expect(issues(around, inside, { region: 1, start: 7, end: 9 })).toEqual([]);
});

test.each([
  ['an unknown region', { region: 9, start: 0, end: 1 }, 'the region of a layer or phase'],
  ['an evaluation', { region: 2, start: 0, end: 1 }, 'others are opened by MARK'],
  ['no words', { region: 0, start: 2, end: 2 }, 'words of the program, 0 to 8'],
  ['words behind the end', { region: 0, start: 2, end: 10 }, 'words of the program, 0 to 8'],
  ['part of a loop and what is before it', { region: 0, start: 0, end: 3 }, 'the whole LOOP at word 1'],
  ['the body of a loop and what follows it', { region: 0, start: 4, end: 7 }, 'or words of its body only'],
  ['a word that a branch jumps to', { region: 0, start: 4, end: 6 }, 'no branch into it, as at word 3'],
])('%s', (_, scope, expected) => {
  const [issue] = issues(scope);
  expect(issue).toMatchObject({ word: scope.start });
  expect(issue!.expected).toContain(expected);
});

test('scopes that cross, or stand out of order', () => {
  expect(issues({ region: 0, start: 2, end: 4 }, { region: 1, start: 3, end: 5 })).toHaveLength(1);
  expect(issues({ region: 0, start: 4, end: 5 }, { region: 1, start: 2, end: 3 })).toHaveLength(1);
});

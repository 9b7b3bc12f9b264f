import { expect, test } from 'vitest';
import { assemble } from '../../src/isa/assemble.ts';
import { createProgramView } from '../../src/isa/program-view.ts';
import { controlIssues } from '../../src/isa/validate-control.ts';

const issues = (text: string) => controlIssues(createProgramView(assemble(text, 't')));

test('a branch to the end of its body is a branch to the next iteration', () => {
  expect(issues('LOOP L0, #2\nBR.eq next, r1, r2\nNOP\nnext: .end\nHALT')).toEqual([]);
  expect(issues('BR.eq next, r1, r2\nLOOP L0, #2\nNOP\nnext: .end\nHALT')).toEqual([]);
});

test('a branch over a whole loop is fine, out of or into one is not', () => {
  expect(issues('BR.eq #3, r1, r2\nLOOP L0, #2\nNOP\n.end\nHALT')).toEqual([]);
  expect(issues('LOOP L0, #2\nLOOP L1, #2\nBR.eq #-2, r1, r2\n.end\n.end\nHALT')).toMatchObject([
    { word: 2, found: 'a branch to word 0' },
  ]);
});

test('levels nest outward-in and may be used again one after the other', () => {
  expect(issues('LOOP L2, #2\nNOP\n.end\nLOOP L2, #2\nLOOP L4, #2\nNOP\n.end\n.end\nHALT')).toEqual([]);
  expect(issues('LOOP L2, #2\nLOOP L1, #2\nNOP\n.end\n.end\nHALT')).toMatchObject([
    { word: 1, found: 'LOOP L1 inside a loop at L2' },
  ]);
});

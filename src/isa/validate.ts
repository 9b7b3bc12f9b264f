import type { Issue } from '../config/issue.ts';
import { wordProblem } from './codec.ts';
import type { Program } from './program.ts';
import type { ProgramLimits } from './program-limits.ts';
import { createProgramView } from './program-view.ts';
import { addressIssues } from './validate-addresses.ts';
import { controlIssues } from './validate-control.ts';
import { definitionIssues } from './validate-definitions.ts';
import { scopeIssues } from './validate-scopes.ts';
import { wordsPerInstruction } from './word-format.ts';

export type { ProgramLimits };

/**
 * Every mistake a program has before it runs on a chip with these limits, in program order, each with its source line: words that
 * break the table, reserved instructions, loops, branches and scopes that do not nest, groups, address generators, windows and units that do
 * not exist, register values out of range, addresses outside their memory at the extremes of the loops around them. Addresses that
 * depend on registers are left to the run.
 */
export function validateProgram(program: Program, limits: ProgramLimits): Issue[] {
  const { words } = program;
  const count = Math.floor(words.length / wordsPerInstruction);
  const problems = Array.from({ length: count }, (_, word) => ({
    word,
    problem: wordProblem(words, word * wordsPerInstruction),
  }));
  const broken = problems.flatMap(({ word, problem }) => (problem === undefined ? [] : [{ word, ...problem }]));
  const view = createProgramView(program);
  const found = [
    ...broken,
    ...controlIssues(view),
    ...definitionIssues(view, limits),
    ...addressIssues(view, limits),
    ...scopeIssues(view),
  ];
  const lineOf = new Map(program.lines.map(({ word, line }) => [word, line]));
  return found
    .sort((left, right) => left.word - right.word)
    .map(({ word, ...problem }) => {
      const line = lineOf.get(word);
      return {
        file: program.sourceName,
        ...problem,
        ...(line === undefined ? { found: `word ${word}: ${problem.found}` } : { line }),
      };
    });
}

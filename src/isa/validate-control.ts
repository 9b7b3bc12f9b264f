import { readIntegerImmediate } from './immediates.ts';
import type { LoopView, ProgramView, WordIssue } from './program-view.ts';
import { rowOf } from './table.ts';

/** Loops that nest, branches that stay inside them, instructions that exist in this version, and an end. */
export function controlIssues(view: ProgramView): WordIssue[] {
  const { instructions, loops } = view;
  const last = Math.max(instructions.length - 1, 0);
  const end = instructions.some((instruction) => instruction?.mnemonic === 'HALT')
    ? []
    : [{ word: last, found: 'a program without HALT', expected: 'HALT at its end' }];
  return [
    ...instructions.flatMap((instruction, word) =>
      instruction === undefined ? [] : wordIssues(view, word, instruction.mnemonic),
    ),
    ...loops.flatMap((loop) => loopIssues(view, loop)),
    ...end,
  ];
}

function wordIssues(view: ProgramView, word: number, mnemonic: Parameters<typeof rowOf>[0]): WordIssue[] {
  if (rowOf(mnemonic).status === 'reserved')
    return [{ word, found: mnemonic, expected: 'an implemented instruction: this one is reserved for a later version' }];
  if (mnemonic === 'BR') return branchIssues(view, word);
  if (mnemonic === 'MARK') return regionIssues(view, word);
  return [];
}

function loopIssues({ instructions, loops }: ProgramView, loop: LoopView): WordIssue[] {
  const { word, level, end } = loop;
  const found = `LOOP L${level} over words ${loop.start} to ${end - 1}`;
  if (end > instructions.length)
    return [{ word, found, expected: `a body inside the program, which ends at word ${instructions.length - 1}` }];
  const outer = loops.filter((other) => other.start <= word && word < other.end);
  const crossed = outer.find((other) => end > other.end);
  if (crossed !== undefined)
    return [{ word, found, expected: `a body inside the loop at word ${crossed.word}, which ends at word ${crossed.end - 1}` }];
  const above = outer.find((other) => other.level >= level);
  if (above === undefined) return [];
  return [
    {
      word,
      found: `LOOP L${level} inside a loop at L${above.level}`,
      expected: `a level above L${above.level}: levels nest outward-in`,
    },
  ];
}

/** A branch to the word after a body means its next iteration, so that word belongs to the body for branches inside it. */
function branchIssues({ instructions, loops }: ProgramView, word: number): WordIssue[] {
  const target = word + readIntegerImmediate(instructions[word]!.d.value);
  const found = `a branch to word ${target}`;
  if (target < 0 || target >= instructions.length)
    return [{ word, found, expected: `a word of the program, 0 to ${instructions.length - 1}` }];
  for (const { start, end, word: loopWord } of loops) {
    const from = start <= word && word < end;
    const to = (start <= target && target < end) || (from && target === end);
    if (from && !to)
      return [{ word, found, expected: `a word of the loop at word ${loopWord}: a branch may not leave a loop body` }];
    if (to && !from)
      return [{ word, found, expected: `a word outside the loop at word ${loopWord}: a branch may not enter a loop body` }];
  }
  return [];
}

function regionIssues({ instructions, program }: ProgramView, word: number): WordIssue[] {
  const { a } = instructions[word]!;
  const id = readIntegerImmediate(a.value);
  if (a.kind !== 'imm' || program.regions.some((region) => region.id === id)) return [];
  const known = program.regions.map((region) => region.id).join(', ') || 'none';
  return [{ word, found: `MARK of region ${id}`, expected: `a region of the program: ${known}` }];
}

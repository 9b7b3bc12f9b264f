import { readIntegerImmediate } from './immediates.ts';
import type { RegionScope } from './program.ts';
import type { ProgramView, WordIssue } from './program-view.ts';

type Span = Pick<RegionScope, 'start' | 'end'>;

const overlap = (one: Span, other: Span): boolean => one.start < other.end && other.start < one.end;
const holds = (outer: Span, inner: Span): boolean => outer.start <= inner.start && inner.end <= outer.end;

/** Scopes of known layers and phases, inside the program, that nest in each other and in loops, and into which no branch jumps. */
export function scopeIssues(view: ProgramView): WordIssue[] {
  const { scopes = [] } = view.program;
  return scopes.flatMap((scope, index) => {
    const expected = oneIssue(view, scope, scopes.slice(0, index));
    if (expected === undefined) return [];
    const { region, start, end } = scope;
    return [{ word: start, found: `a scope of region ${region} over words ${start} to ${end - 1}`, expected }];
  });
}

/** What it should be, where it is not. */
function oneIssue(
  { program, instructions, loops, wordsOf }: ProgramView,
  scope: RegionScope,
  earlier: readonly RegionScope[],
): string | undefined {
  const { region, start, end } = scope;
  const kind = program.regions.find(({ id }) => id === region)?.kind;
  if (kind !== 'layer' && kind !== 'phase') return 'the region of a layer or phase: others are opened by MARK';
  if (!(start < end && end <= instructions.length)) return `words of the program, 0 to ${instructions.length - 1}`;
  if (earlier.some((other) => other.start > start || (overlap(other, scope) && !holds(other, scope))))
    return 'scopes inside each other or apart, in the order of their starts';
  const loop = loops.find((body) => overlap(body, scope) && !holds(body, scope) && !(holds(scope, body) && start <= body.word));
  if (loop !== undefined) return `the whole LOOP at word ${loop.word}, or words of its body only`;
  const jump = wordsOf('BR').find((word) => {
    const target = word + readIntegerImmediate(instructions[word]!.d.value);
    return start < target && target < end && !(start <= word && word < end);
  });
  return jump === undefined ? undefined : `no branch into it, as at word ${jump}`;
}

import { expect, test } from 'vitest';
import { assemble } from '../../src/isa/assemble.ts';
import { createProgramView } from '../../src/isa/program-view.ts';

test('knows the loops around each word, outermost first, and their counters', () => {
  const view = createProgramView(assemble('LOOP L0, #10, start=5\nNOP\nLOOP L1, r1\nNOP\n.end\n.end\nHALT', 't'));
  expect(view.loops).toEqual([
    { word: 0, level: 0, start: 1, end: 4, counters: [5, 14] },
    { word: 2, level: 1, start: 3, end: 4, counters: undefined },
  ]);
  expect([0, 1, 3, 4].map((word) => view.loopsAround(word).map(({ level }) => level))).toEqual([[], [0], [0, 1], []]);
});

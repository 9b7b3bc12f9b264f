import { describe, expect, it } from 'vitest';
import { assemble } from '../../src/isa/assemble.ts';
import type { Program } from '../../src/isa/program.ts';
import { decodeProgram } from '../../src/sequence/decode-program.ts';
import { createSequencer } from '../../src/sequence/sequencer.ts';
import { groupCsrs } from '../timing/operations.ts';

const regions = '.region 0 phase "forward"\n.region 1 layer "one"\n.region 2 layer "two"\n';

/** Every issued word that is no MARK: number, layer and phase. */
function issued({ words, regions, scopes }: Program) {
  const sequencer = createSequencer({
    ...{ instructions: decodeProgram(words), regions, scopes, groupDefaults: groupCsrs, format: 'f32', special: undefined },
  });
  const found = [];
  for (let operation = sequencer.next(); operation !== undefined; operation = sequencer.next()) {
    const { mnemonic, sequence, layer, phase } = operation;
    if (mnemonic !== 'MARK') found.push({ mnemonic, sequence, layer, phase });
  }
  expect(sequencer.trapped).toBeUndefined();
  return found;
}

/** The same program with `{0 … }` written as scopes, and as pairs of MARKs. */
function bothWays(text: string) {
  const open: string[] = [];
  const marked = text.replace(/\{(\d)|\}/g, (_, id: string | undefined) => {
    if (id !== undefined) open.push(id);
    return id === undefined ? `MARK.end #${open.pop()}` : `MARK.begin #${id}`;
  });
  const scoped = text.replace(/\{(\d)/g, '.scope $1').replaceAll('}', '.end');
  return { marked: assemble(regions + marked, 'm'), scoped: assemble(regions + scoped, 's') };
}

describe('scopes', () => {
  it.each([
    ['one after the other and inside each other', '{0\nNOP\n{1\nNOP\n}\n{2\nNOP\nNOP\n}\n}\nNOP\nHALT'],
    ['beginning and ending together', '{0\n{1\nNOP\n}\n}\n{0\n{2\nNOP\n}\n}\nHALT'],
    ['around a loop, and over its whole body', '{0\nLOOP L0, #3\n{1\nNOP\nNOP\n}\n.end\n}\nHALT'],
    ['in a loop of a single word', 'LOOP L0, #4\n{1\nNOP\n}\n.end\nNOP\nHALT'],
    ['in loops that end together', 'LOOP L0, #2\n{0\nNOP\nLOOP L1, #3\n{1\nNOP\n}\n.end\n}\n.end\nHALT'],
    ['over a loop that does not turn', '{0\nLOOP L0, #0\n{1\nNOP\n}\n.end\nNOP\n}\nHALT'],
    ['that a branch leaves out', 'BR.eq over, #1, #1\n{1\nNOP\n}\nover: NOP\nHALT'],
  ])('%s: the layers, phases and sequence numbers of MARKs in their place, without their words', (_, text) => {
    const { marked, scoped } = bothWays(text);
    expect(issued(scoped)).toEqual(issued(marked));
    expect(scoped.words.length).toBeLessThan(marked.words.length);
  });

  it('are entered again by a branch back to their first word', () => {
    const text = 'LOOP L0, #2\n{1\nagain: SETR.add.I r1, r1, #1\nBR.lt.I again, r1, #3\n}\n.end\nHALT';
    const layers = issued(bothWays(text).scoped).map(({ layer }) => layer);
    expect(layers).toEqual([-1, 1, 1, 1, 1, 1, 1, 1, 1, -1]);
  });
});

import { expect, test } from 'vitest';
import { assembleInstruction } from '../../src/isa/assemble-instruction.ts';
import { createAssembly } from '../../src/isa/assembly.ts';
import { createProgramBuilder } from '../../src/isa/builder.ts';
import { decode } from '../../src/isa/codec.ts';
import { splitLine, type Token } from '../../src/isa/source-line.ts';

const run = (text: string) => {
  const assembly = createAssembly('f', createProgramBuilder('f'));
  const line = splitLine(text, 1);
  const step = (): void => assembleInstruction(assembly, { ...line, head: line.head as Token });
  return { assembly, step };
};

test('one line makes one word', () => {
  const { assembly, step } = run('RED.argmax [0], [64], #0, len=10');
  step();
  expect(decode(assembly.builder.build().words)).toMatchObject({ mnemonic: 'RED', fn: 3, length: 10 });
});

test('a branch to a label is noted, to be aimed when all labels are known', () => {
  const { assembly, step } = run('BR.ne later, r1, #0');
  step();
  expect(assembly.branches).toEqual([{ word: 0, line: 0, label: { text: 'later', column: 7 } }]);
});

test('a bad LOOP still opens one, so that its end is not reported too', () => {
  const { assembly, step } = run('LOOP L0');
  expect(step).toThrow('want LOOP level, trips');
  assembly.builder.emit('NOP');
  expect(() => assembly.builder.closeLoop()).not.toThrow();
});

test.each([
  'MVM.ACC.RAWW [0], [0], W0',
  'VEC.add [0], [0], [0], [0], len=1',
  'MVM [0], [0], length=3',
  'DLD [0], $a0, len=4, rows=64',
  'MVM [0], [0], unit=W300',
  'LOOP.X L0, #1',
  'LOOP L0, #1, begin=2',
])('%s is refused', (text) => expect(run(text).step).toThrow());

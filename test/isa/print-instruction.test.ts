import { expect, test } from 'vitest';
import { assemble } from '../../src/isa/assemble.ts';
import { decode } from '../../src/isa/codec.ts';
import { printAddress, printInstruction, printRegister } from '../../src/isa/print-instruction.ts';

const symbols = [
  { name: 'all', space: 'spm', address: 0, bytes: 256 },
  { name: 'x', space: 'spm', address: 64, bytes: 64 },
] as const;
const context = { symbols, labelOf: (word: number) => (word === 5 ? 'there' : undefined) };

test.each([
  'MVM.ACC.RELU [x], [x+4], W3, len=32',
  'MVM [all], $a3-16, W0',
  'VEC.add.ROW [300], [x], #-0.01, unit=1, len=10',
  'LOSS.mse -, [all], [x], len=10',
  'SETR.lit r1, #0.1',
  'SETR.lit.I r15, #-7',
  'SETR.add r2, !hits, L3',
  'DLD [x], $a0, #784, rows=28, len=28',
  'BR.lt #3, r1, r2',
  'FENCE.ACQ #4',
  'HALT',
  'POOL.max [x], @w1, len=4',
])('%s prints as it is written', (text) => {
  const { words } = assemble(text.replaceAll('all', '0').replaceAll('x+4', '68').replaceAll('[x]', '[64]'), 't');
  expect(printInstruction(decode(words)!, 0, context)).toBe(text);
});

test('registers and addresses have their names', () => {
  expect([3, 33, 48, 52, 65].map(printRegister)).toEqual(['r3', 'L1', '!loss', '!retries', '@w1']);
  expect([0, 70, 300].map((address) => printAddress(address, 'spm', context))).toEqual(['all', 'x+6', '300']);
  expect(printAddress(70, 'dram', context)).toBe('70');
});

test('a branch prints its label where there is one', () => {
  expect(printInstruction(decode(assemble('BR.lt #3, r1, r2', 't').words)!, 2, context)).toBe('BR.lt there, r1, r2');
});

test('a literal that is not finite has no text', () => {
  const words = assemble('SETR.lit r1, #1', 't').words;
  words[2] = (words[2]! & ~0xffffff) | 0x7f80;
  expect(printInstruction(decode(words)!, 0, context)).toBeUndefined();
});

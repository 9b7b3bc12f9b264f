import { expect, test } from 'vitest';
import type { OperandSpec } from '../../isa/spec.ts';
import { createAssembly } from '../../src/isa/assembly.ts';
import { createProgramBuilder } from '../../src/isa/builder.ts';
import { agu, counter, float, integer, packedBits, register, special, spm, window } from '../../src/isa/operands.ts';
import { parseAddress, parseId, parseOperand } from '../../src/isa/parse-operand.ts';

const builder = createProgramBuilder('f');
builder.spm('pad', 64);
builder.spm('x', 64);
builder.dram('d', 64);
const assembly = createAssembly('f', builder);
const any: OperandSpec = {
  kinds: ['spm', 'agu', 'imm', 'reg'],
  access: 'none',
  immediate: 'float',
  space: 'any',
  doc: 'anything',
};
const token = (text: string) => ({ text, column: 1 });

test.each([
  ['[x]', spm(64)],
  ['[ x + 4 ]', spm(68)],
  ['[x-4]', spm(60)],
  ['[0x10]', spm(16)],
  ['$a3', agu(3)],
  ['$a3-8', agu(3, -8)],
  ['#1.5', float(1.5)],
  ['r3', register(3)],
  ['L2', counter(2)],
  ['!loss', special('loss')],
  ['@w1', window(1)],
] as const)('%s', (text, operand) => expect(parseOperand(assembly, token(text), any, 'float')).toEqual(operand));

test('the rule says how an immediate is meant', () => {
  expect(parseOperand(assembly, token('#3'), any, 'integer')).toEqual(integer(3));
  expect(parseOperand(assembly, token('#0xffffff'), any, 'packed')).toEqual(packedBits(0xffffff));
});

test.each([
  'x',
  '[nothing]',
  '[d]',
  '[x',
  '$b1',
  '$a1+',
  '#',
  '#1.5x',
  '!',
  '@w9',
  'r16',
  'L6',
  '[x-100]',
  '',
])('%j is refused', (text) => expect(() => parseOperand(assembly, token(text), any, 'float')).toThrow());

test('addresses know their space, ids their letter', () => {
  expect(parseAddress(assembly, token('d+8'), 'dram')).toBe(8);
  expect(() => parseAddress(assembly, token('x'), 'dram')).toThrow('want a symbol of .dram');
  expect(parseId(token('W7'), 'W', 8)).toBe(7);
  expect(() => parseId(token('W8'), 'W', 8)).toThrow('want W0 to W7');
});

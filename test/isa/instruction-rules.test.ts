import { expect, test } from 'vitest';
import { absentOperand } from '../../src/isa/instruction.ts';
import { immediateRule, instructionProblem, isLiteral, kindsSentence, unitLimit } from '../../src/isa/instruction-rules.ts';
import { float, register } from '../../src/isa/operands.ts';
import { flagBit, operandSpec, rowOf } from '../../src/isa/table.ts';

const add = rowOf('SETR').functions!.add!;
const literal = rowOf('SETR').functions!.lit!;

test('flag I and lit change how immediates are read', () => {
  expect(immediateRule({ mnemonic: 'SETR', fn: add, flags: 0 }, 'a')).toBe('float');
  expect(immediateRule({ mnemonic: 'SETR', fn: add, flags: flagBit('SETR', 'I')! }, 'a')).toBe('integer');
  expect(immediateRule({ mnemonic: 'SETR', fn: literal, flags: 0 }, 'a')).toBe('half');
  expect(immediateRule({ mnemonic: 'GRP', fn: 0, flags: 0 }, 'a')).toBe('packed');
  expect([isLiteral('SETR', literal), isLiteral('SETR', add), isLiteral('BR', literal)]).toEqual([true, false, false]);
});

test('a well-formed instruction has no problem, and each rule names its field', () => {
  const good = {
    mnemonic: 'SETR',
    fn: add,
    flags: 0,
    unit: 0,
    length: 0,
    d: register(1),
    a: float(1),
    b: absentOperand,
  } as const;
  expect(instructionProblem(good)).toBeUndefined();
  const found = [{ fn: 63 }, { flags: 2 }, { unit: 1 }, { length: 1 }, { d: float(1) }, { a: register(0), d: register(0) }].map(
    (change) => instructionProblem({ ...good, ...change })?.found,
  );
  expect(found).toEqual([
    'SETR with function code 63',
    'SETR with flag bits 10',
    'SETR with unit 1',
    'SETR with len=1',
    'SETR operand D of kind imm',
    'SETR operand D naming register 0',
  ]);
});

test('kinds read as assembly writes them', () => {
  expect(kindsSentence(operandSpec('MVM', 'a')!)).toContain('[address] or $aN or a window @wN');
  expect(unitLimit.window).toBe(7);
});

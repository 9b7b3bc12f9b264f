import { instructions, type Mnemonic } from '../../isa/instructions.ts';
import type { InstructionSpec } from '../../isa/spec.ts';

/**
 * How a value operand of a row is read, from the table: `none` is an immediate that only says "absent", `register` names
 * a register instead of its value; undefined means the row has no such operand.
 */
export type OperandReading = 'float' | 'integer' | 'register' | 'none' | undefined;

function reading(mnemonic: Mnemonic, field: 'd' | 'a' | 'b'): OperandReading {
  const row: InstructionSpec = instructions[mnemonic];
  const spec = row[field];
  if (spec === undefined) return undefined;
  if (spec.kinds.length === 1 && spec.kinds[0] === 'reg') return 'register';
  const address = spec.kinds.includes('spm') || spec.kinds.includes('agu');
  if (address && spec.access !== 'read') return 'none';
  if (spec.immediate === 'float' || spec.immediate === 'integer') return spec.immediate;
  return 'none';
}

const table = new Map(
  (Object.keys(instructions) as Mnemonic[]).map((mnemonic) => [
    mnemonic,
    { d: reading(mnemonic, 'd'), a: reading(mnemonic, 'a'), b: reading(mnemonic, 'b') },
  ]),
);

export const operandImmediate = (mnemonic: Mnemonic, field: 'd' | 'a' | 'b'): OperandReading => table.get(mnemonic)?.[field];

import { instructions } from '../../isa/instructions.ts';
import type { InstructionTable } from '../../isa/spec.ts';
import type { IssuedOperation } from '../sequence/issued-operation.ts';
import { trap } from './trap.ts';

const table: InstructionTable = instructions;

/** Name of the function an operation's `sub` field selects; traps when the table has none of that code. */
export function functionOf(op: IssuedOperation): string {
  const found = Object.entries(table[op.mnemonic]?.functions ?? {}).find(([, code]) => code === op.fn);
  if (found === undefined) throw trap(op, `has no function ${op.fn}`);
  return found[0];
}

/** Is the named flag of the table set? RangeError when the instruction has no such flag. */
export function flagOf(op: IssuedOperation, name: string): boolean {
  const flag = table[op.mnemonic]?.flags?.[name];
  if (flag === undefined)
    throw new RangeError(
      `flag is ${name}; ${op.mnemonic} has ${Object.keys(table[op.mnemonic]?.flags ?? {}).join(', ') || 'none'}`,
    );
  return ((op.flags >> flag.bit) & 1) === 1;
}

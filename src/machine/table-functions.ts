import { instructions } from '../../isa/instructions.ts';
import type { InstructionTable } from '../../isa/spec.ts';
import type { IssuedOperation } from '../sequence/issued-operation.ts';
import { trap } from './trap.ts';

const table: InstructionTable = instructions;

/** Names of the functions of each instruction by code: looked up for every operation. */
const names: ReadonlyMap<string, ReadonlyMap<number, string>> = new Map(
  Object.entries(table).map(([mnemonic, { functions }]) => [
    mnemonic,
    new Map(Object.entries(functions ?? {}).map(([name, code]) => [code, name])),
  ]),
);

/** Name of the function an operation's `sub` field selects; traps when the table has none of that code. */
export function functionOf(op: IssuedOperation): string {
  const found = names.get(op.mnemonic)?.get(op.fn);
  if (found === undefined) throw trap(op, `has no function ${op.fn}`);
  return found;
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

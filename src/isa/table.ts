import { type CsrName, csrs } from '../../isa/csrs.ts';
import { instructions, type Mnemonic } from '../../isa/instructions.ts';
import { registerIds } from '../../isa/limits.ts';
import type { CsrSpec, InstructionSpec, OperandSpec } from '../../isa/spec.ts';

/** The three operand fields of a word. */
export const operandFields = ['d', 'a', 'b'] as const;
export type OperandField = (typeof operandFields)[number];

export const mnemonics = Object.keys(instructions) as readonly Mnemonic[];
export const isMnemonic = (name: string): name is Mnemonic => Object.hasOwn(instructions, name);
export const rowOf = (mnemonic: Mnemonic): InstructionSpec => instructions[mnemonic];
export const operandSpec = (mnemonic: Mnemonic, field: OperandField): OperandSpec | undefined => rowOf(mnemonic)[field];

const byOpcode: ReadonlyMap<number, Mnemonic> = new Map(mnemonics.map((mnemonic) => [rowOf(mnemonic).opcode, mnemonic]));
export const mnemonicOf = (opcode: number): Mnemonic | undefined => byOpcode.get(opcode);

export const functionNames = (mnemonic: Mnemonic): readonly string[] => Object.keys(rowOf(mnemonic).functions ?? {});
export const functionNameOf = (mnemonic: Mnemonic, code: number): string | undefined =>
  Object.entries(rowOf(mnemonic).functions ?? {}).find(([, known]) => known === code)?.[0];

export const flagNames = (mnemonic: Mnemonic): readonly string[] => Object.keys(rowOf(mnemonic).flags ?? {});
export const flagBit = (mnemonic: Mnemonic, name: string): number | undefined => {
  const flags = rowOf(mnemonic).flags ?? {};
  return Object.hasOwn(flags, name) ? 1 << flags[name]!.bit : undefined;
};
export const flagNamesOf = (mnemonic: Mnemonic, flags: number): readonly string[] =>
  flagNames(mnemonic).filter((name) => (flags & flagBit(mnemonic, name)!) !== 0);
/** Every flag bit the row defines. */
export const flagMask = (mnemonic: Mnemonic): number =>
  flagNames(mnemonic).reduce((mask, name) => mask | flagBit(mnemonic, name)!, 0);

export const csrNames = Object.keys(csrs) as readonly CsrName[];
export const isCsrName = (name: string): name is CsrName => Object.hasOwn(csrs, name);
export const csrSpec = (name: CsrName): CsrSpec => csrs[name];
const csrById: ReadonlyMap<number, CsrName> = new Map(csrNames.map((name) => [csrs[name].id, name]));
export const csrNameOf = (id: number): CsrName | undefined => csrById.get(id);

/** Specials by the name assembly gives them after `!`. */
export const specialIds = {
  loss: registerIds.loss,
  hits: registerIds.hits,
  count: registerIds.count,
  saturations: registerIds.saturations,
  retries: registerIds.retries,
  pulses: registerIds.pulses,
  nonzeros: registerIds.nonzeros,
} as const;

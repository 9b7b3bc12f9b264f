import { instructions, type Mnemonic } from '../../isa/instructions.ts';
import type { InstructionSpec } from '../../isa/spec.ts';

type Table = typeof instructions;
type FunctionName<M extends Mnemonic> = Table[M] extends { readonly functions: infer F } ? keyof F & string : never;
type FlagName<M extends Mnemonic> = Table[M] extends { readonly flags: infer F } ? keyof F & string : never;

/** Code of a functor, from the table; a name the table lacks does not compile. */
export function functionCode<M extends Mnemonic>(mnemonic: M, name: FunctionName<M>): number {
  const row: InstructionSpec = instructions[mnemonic];
  const code = row.functions?.[name];
  if (code === undefined) throw new RangeError(`${mnemonic}.${name} is not in the table`);
  return code;
}

/** Whether a flag is set, by its name in the table. */
export function hasFlag<M extends Mnemonic>(mnemonic: M, name: FlagName<M>, flags: number): boolean {
  const row: InstructionSpec = instructions[mnemonic];
  const flag = row.flags?.[name];
  if (flag === undefined) throw new RangeError(`${mnemonic} has no flag ${name} in the table`);
  return ((flags >> flag.bit) & 1) === 1;
}

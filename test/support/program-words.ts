import { disassemble } from '../../src/isa/disassemble.ts';
import type { Program } from '../../src/isa/program.ts';

export { wordsPerInstruction } from '../../src/isa/word-format.ts';

/** The text of a program's words. */
export const codeOf = (program: Program): string => disassemble({ ...program, data: [] });

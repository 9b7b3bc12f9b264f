import { decode, type Instruction, wordProblem } from '../isa/codec.ts';
import { wordsPerInstruction } from '../isa/word-format.ts';

/** All words of a program, decoded once. Throws RangeError for a word the loader should have refused. */
export function decodeProgram(words: Uint32Array): readonly Instruction[] {
  return Array.from({ length: words.length / wordsPerInstruction }, (_, word) => {
    const instruction = decode(words, word * wordsPerInstruction);
    if (instruction !== undefined) return instruction;
    const problem = wordProblem(words, word * wordsPerInstruction);
    throw new RangeError(`word ${word} is ${problem?.found}; want ${problem?.expected}`);
  });
}

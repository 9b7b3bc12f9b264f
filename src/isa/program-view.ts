import type { Mnemonic } from '../../isa/instructions.ts';
import { decode, type Instruction } from './codec.ts';
import type { FieldProblem } from './field-error.ts';
import { readIntegerImmediate } from './immediates.ts';
import type { Program } from './program.ts';
import { wordsPerInstruction } from './word-format.ts';

/** A problem at one word. */
export interface WordIssue extends FieldProblem {
  readonly word: number;
}

/** A LOOP and its body: words `start` to `end - 1`. */
export interface LoopView {
  readonly word: number;
  readonly level: number;
  readonly start: number;
  readonly end: number;
  /** Smallest and largest counter; undefined when start or trip count come from a register. */
  readonly counters: readonly [number, number] | undefined;
}

/** A program decoded, with the loops around each word, outermost first. */
export interface ProgramView {
  readonly program: Program;
  readonly instructions: readonly (Instruction | undefined)[];
  readonly loops: readonly LoopView[];
  loopsAround(word: number): readonly LoopView[];
  /** Words of each mnemonic, in order. */
  wordsOf(mnemonic: Mnemonic): readonly number[];
  /** The first word after which the order of execution may differ from the order of words; -1 when there is none. */
  readonly firstJump: number;
}

export function createProgramView(program: Program): ProgramView {
  const count = Math.floor(program.words.length / wordsPerInstruction);
  const instructions = Array.from({ length: count }, (_, word) => decode(program.words, word * wordsPerInstruction));
  const loops = instructions.flatMap((instruction, word) =>
    instruction?.mnemonic === 'LOOP' ? [loopView(instruction, word)] : [],
  );
  const words = new Map<Mnemonic, number[]>();
  instructions.forEach((instruction, word) => {
    if (instruction === undefined) return;
    const known = words.get(instruction.mnemonic);
    if (known === undefined) words.set(instruction.mnemonic, [word]);
    else known.push(word);
  });
  return {
    ...{ program, instructions, loops },
    loopsAround: (word) => loops.filter(({ start, end }) => start <= word && word < end),
    wordsOf: (mnemonic) => words.get(mnemonic) ?? [],
    firstJump: instructions.findIndex(
      (instruction) => instruction === undefined || instruction.mnemonic === 'LOOP' || instruction.mnemonic === 'BR',
    ),
  };
}

function loopView({ unit, length, d, a }: Instruction, word: number): LoopView {
  const first = readIntegerImmediate(d.value);
  const trips = readIntegerImmediate(a.value);
  const known = d.kind === 'imm' && a.kind === 'imm';
  const counters = known ? ([first, first + Math.max(trips, 1) - 1] as const) : undefined;
  return { word, level: unit, start: word + 1, end: word + 1 + length, counters };
}

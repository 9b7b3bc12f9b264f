import { decode, type Instruction } from './codec.ts';
import { readIntegerImmediate } from './immediates.ts';
import { createLayout } from './layout.ts';
import { printDirective } from './print-directive.ts';
import { type PrintContext, printInstruction } from './print-instruction.ts';
import type { Program, ProgramSymbol, RegionScope } from './program.ts';
import { wordsPerInstruction } from './word-format.ts';

export interface DisassembleOptions {
  /** Data segments up to this many bytes are printed as values, larger ones as a comment; default 4096. */
  readonly dataLimit?: number;
}

/** A program as text that assembles to the identical words. Words that break a rule of the table are printed as `.word`. */
export function disassemble(program: Program, options: DisassembleOptions = {}): string {
  const symbols = printableSymbols(program.symbols);
  const lines = [
    `; ${program.sourceName.replaceAll(/[\r\n]/g, ' ')}`,
    ...symbols.map(({ name, space, address, bytes }) => `.${space} ${name} ${bytes} at=${address}`),
    ...program.regions.map(({ id, kind, name }) => `.region ${id} ${kind} ${JSON.stringify(name)}`),
    ...printData(program, symbols, options.dataLimit ?? 4096),
    ...printWords(program, symbols),
  ];
  return `${lines.join('\n')}\n`;
}

/** Symbols a layout accepts; a program from elsewhere may name two areas alike. */
function printableSymbols(symbols: readonly ProgramSymbol[]): readonly ProgramSymbol[] {
  const layout = createLayout();
  for (const { space, name, bytes, address } of symbols)
    try {
      layout.place(space, name, bytes, address);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
  return layout.symbols;
}

/** Segments are printed in full where one symbol holds exactly one segment at its start. */
function printData({ data }: Program, symbols: readonly ProgramSymbol[], limit: number): string[] {
  const printed = new Set<ProgramSymbol>();
  return data.map(({ address, bytes }) => {
    const symbol = symbols.find(
      (area) => area.space === 'dram' && area.address === address && area.bytes >= bytes.length && !printed.has(area),
    );
    if (symbol === undefined || bytes.length === 0 || bytes.length > limit)
      return `; data not shown: ${bytes.length} bytes at dram:${address}`;
    printed.add(symbol);
    return `.data ${symbol.name} u8 ${bytes.join(',')}`;
  });
}

function printWords({ words, scopes }: Program, symbols: readonly ProgramSymbol[]): string[] {
  const count = words.length / wordsPerInstruction;
  const instructions = Array.from({ length: count }, (_, index) => decode(words, index * wordsPerInstruction));
  const ends = loopEnds(instructions);
  const opening = nestedScopes(scopes ?? [], ends);
  const labels = branchTargets(instructions);
  const context: PrintContext = { symbols, labelOf: (word) => (labels.has(word) ? `word${word}` : undefined) };
  const lines: string[] = [];
  const open: number[] = [];
  const indent = (): string => ' '.repeat(2 + open.length);
  let index = 0;
  while (index <= count) {
    for (; open.at(-1) === index; open.pop()) lines.push(`${' '.repeat(1 + open.length)}.end`);
    if (labels.has(index)) lines.push(`word${index}:`);
    if (index === count) break;
    for (const { region, end } of opening.get(index) ?? []) {
      lines.push(`${indent()}.scope ${region}`);
      open.push(end);
    }
    const barrier = (at: number): boolean => labels.has(at) || opening.has(at) || open.includes(at);
    const printed = printAt(instructions, index, ends, context, barrier);
    lines.push(indent() + (printed?.text ?? rawWord(words, index)));
    const end = ends.get(index);
    if (end !== undefined) open.push(end);
    index += printed?.words ?? 1;
  }
  return lines;
}

/** Word after the body of each LOOP; loops whose bodies do not nest are absent and print as raw words. */
function loopEnds(instructions: readonly (Instruction | undefined)[]): ReadonlyMap<number, number> {
  const ends = new Map<number, number>();
  const open: number[] = [];
  for (const [index, instruction] of instructions.entries()) {
    while (open.at(-1) === index) open.pop();
    if (instruction?.mnemonic !== 'LOOP') continue;
    const end = index + 1 + instruction.length;
    if (end > (open.at(-1) ?? instructions.length)) continue;
    ends.set(index, end);
    open.push(end);
  }
  return ends;
}

/** Scopes by first word; those that do not nest in loops and each other are left out, as the loader refuses them. */
function nestedScopes(
  scopes: readonly RegionScope[],
  ends: ReadonlyMap<number, number>,
): ReadonlyMap<number, readonly RegionScope[]> {
  const spans = [...ends].map(([word, end]) => ({ start: word, body: word + 1, end }));
  const opening = new Map<number, RegionScope[]>();
  const kept: RegionScope[] = [];
  for (const scope of scopes) {
    const { start, end } = scope;
    const inLoops = spans.every(
      (loop) =>
        end <= loop.start ||
        start >= loop.end ||
        (start >= loop.body && end <= loop.end) ||
        (start <= loop.start && end >= loop.end),
    );
    const outer = kept.findLast((other) => other.end > start);
    if (!inLoops || (outer !== undefined && outer.end < end)) continue;
    kept.push(scope);
    opening.set(start, [...(opening.get(start) ?? []), scope]);
  }
  return opening;
}

function branchTargets(instructions: readonly (Instruction | undefined)[]): ReadonlySet<number> {
  const targets = instructions.map((instruction, index) =>
    instruction?.mnemonic === 'BR' ? index + readIntegerImmediate(instruction.d.value) : -1,
  );
  return new Set(targets.filter((target) => target >= 0 && target <= instructions.length));
}

interface Printed {
  readonly text: string;
  readonly words: number;
}

function printAt(
  instructions: readonly (Instruction | undefined)[],
  index: number,
  ends: ReadonlyMap<number, number>,
  context: PrintContext,
  barrier: (at: number) => boolean,
): Printed | undefined {
  const instruction = instructions[index];
  if (instruction === undefined || (instruction.mnemonic === 'LOOP' && !ends.has(index))) return undefined;
  const extension = barrier(index + 1) ? undefined : instructions[index + 1];
  const directive = printDirective(instruction, extension, context);
  if (directive !== undefined) return directive;
  const text = printInstruction(instruction, index, context);
  return text === undefined ? undefined : { text, words: 1 };
}

const rawWord = (words: Uint32Array, index: number): string =>
  `.word ${[...words.subarray(index * wordsPerInstruction, (index + 1) * wordsPerInstruction)].map((word) => `0x${word.toString(16).padStart(8, '0')}`).join(', ')}`;

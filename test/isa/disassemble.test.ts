import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assemble } from '../../src/isa/assemble.ts';
import { encode } from '../../src/isa/codec.ts';
import { disassemble } from '../../src/isa/disassemble.ts';
import { assemblySyntax } from '../../src/isa/manual-syntax.ts';
import type { Program, ProgramSymbol } from '../../src/isa/program.ts';
import { instructionArbitrary } from './arbitrary-instruction.ts';

const programOf = (words: Uint32Array, symbols: readonly ProgramSymbol[] = []): Program => ({
  words,
  symbols,
  regions: [],
  data: [],
  sourceName: 's',
  lines: [],
});
const again = (program: Program): Program => assemble(disassemble(program), 's');

describe('disassemble', () => {
  test('prints the example of the manual in the words it was written', () => {
    const program = assemble(assemblySyntax.split('```')[3]!, 'manual');
    const text = disassemble(program);
    for (const line of [
      '.group W0 tile=0 rows=784 cols=10 rowblocks=4 colblocks=1',
      '.agu a0 base=dram:images L0:784',
      '.csr all IN_FORMAT=u8',
      'LOOP L0, #1000',
      'MVM [y], [x], W0',
      '.end',
    ])
      expect(text).toContain(line);
    expect({ ...again(program), lines: [], sourceName: '' }).toEqual({ ...program, lines: [], sourceName: '' });
  });

  test('any program of table instructions assembles back to the same words', () => {
    const instructions = fc.array(instructionArbitrary, { minLength: 1, maxLength: 12 });
    const symbol = fc.record({
      name: fc.stringMatching(/^[a-z]{1,3}$/),
      space: fc.constantFrom('spm' as const, 'dram' as const),
      address: fc.nat(0xffffff),
      bytes: fc.integer({ min: 1, max: 0xfffff }),
    });
    fc.assert(
      fc.property(instructions, fc.array(symbol, { maxLength: 4 }), (list, symbols) => {
        const words = Uint32Array.from(list.flatMap((instruction) => [...encode(instruction)]));
        expect(again(programOf(words, symbols)).words).toEqual(words);
      }),
      { seed: 1, numRuns: 1000 },
    );
  });

  test('short loops and branches, which random lengths never form, too', () => {
    const short = instructionArbitrary.map((instruction) => {
      if (instruction.mnemonic === 'LOOP') return { ...instruction, length: (instruction.length % 4) + 1 };
      return instruction.mnemonic === 'BR'
        ? { ...instruction, d: { kind: 'imm' as const, value: instruction.d.value % 6 } }
        : instruction;
    });
    const control = short.filter(({ mnemonic }) => ['LOOP', 'BR', 'AGU', 'GRP', 'NOP', 'SETC'].includes(mnemonic));
    fc.assert(
      fc.property(fc.array(control, { minLength: 1, maxLength: 12 }), (list) => {
        const words = Uint32Array.from(list.flatMap((instruction) => [...encode(instruction)]));
        expect(again(programOf(words)).words).toEqual(words);
      }),
      { seed: 2, numRuns: 300 },
    );
  });

  test('scopes are printed where they begin and end, those that cross a loop or each other are not', () => {
    const text = '.region 0 phase "load"\n.region 1 layer "a"\n.scope 0\nLOOP L0, #3\n.scope 1\nNOP\n.end\nNOP\n.end\n.end\nHALT';
    const program = assemble(text, 's');
    expect(program.scopes).toEqual([
      { region: 0, start: 0, end: 3 },
      { region: 1, start: 1, end: 2 },
    ]);
    expect(again(program)).toMatchObject({ words: program.words, scopes: program.scopes });
    const crossing = { ...program, scopes: [{ region: 0, start: 2, end: 4 }] };
    expect(again(crossing).scopes).toBeUndefined();
    const apart = {
      ...program,
      scopes: [
        { region: 0, start: 1, end: 2 },
        { region: 1, start: 1, end: 3 },
      ],
    };
    expect(again(apart).scopes).toEqual(apart.scopes.slice(0, 1));
  });

  test('words that break the table survive as .word', () => {
    const word = fc.tuple(
      ...([0, 1, 2, 3].map(() => fc.nat(2 ** 32 - 1)) as [
        fc.Arbitrary<number>,
        fc.Arbitrary<number>,
        fc.Arbitrary<number>,
        fc.Arbitrary<number>,
      ]),
    );
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 5 }), (list) => {
        const words = Uint32Array.from(list.flat());
        expect(again(programOf(words)).words).toEqual(words);
      }),
      { seed: 3 },
    );
  });

  test('shows small data and only mentions large data', () => {
    const program = { ...assemble('.dram a 4\n.data a u8 1,2,3,4\nHALT', 's'), sourceName: 's' };
    expect(again(program).data).toEqual(program.data);
    expect(disassemble(program, { dataLimit: 3 })).toContain('; data not shown: 4 bytes at dram:0');
  });

  test('an AGU pair with a label between stays two words', () => {
    const program = assemble('.agu a0 base=dram:3 L0:1\nBR.eq #-1, r0, r0\nHALT', 's');
    const text = disassemble(program);
    expect(text).toContain('AGU.X');
    expect(assemble(text, 's').words).toEqual(program.words);
  });
});

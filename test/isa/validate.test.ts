import { describe, expect, test } from 'vitest';
import { describeIssue } from '../../src/config/issue.ts';
import { assemble } from '../../src/isa/assemble.ts';
import { assemblySyntax } from '../../src/isa/manual-syntax.ts';
import { type ProgramLimits, validateProgram } from '../../src/isa/validate.ts';

const limits: ProgramLimits = {
  tiles: 8,
  tileRows: 256,
  logicalColumnsPerTile: 128,
  spmBytes: 4096,
  dramBytes: 1_000_000,
  vectorUnits: 2,
  dmaChannels: 1,
};
const sentences = (text: string): string[] => validateProgram(assemble(text, 't'), limits).map(describeIssue);

const group = '.group W0 tile=0 rows=64 cols=16\n';

describe('programs that run are not refused', () => {
  test('the example of the manual', () => expect(sentences(assemblySyntax.split('```')[3]!)).toEqual([]));

  test.each([
    'LOOP L0, #3\n again: NOP\n BR.lt again, r1, #5\n .end\nHALT',
    'LOOP L0, #3\n BR.eq next, r1, #5\n NOP\n next: .end\nHALT',
    'LOOP L0, r1\n .agu a0 base=spm:0 L0:4096\n MOV.zero $a0, len=4\n .end\nHALT',
    '.agu a0 base=spm:0 L0:1 mod=64\nLOOP L0, #100000\n MOV.zero $a0, len=4\n .end\nHALT',
    '.agu a0 base=spm:4092 L0:-4\nLOOP L0, #1024\n MOV.zero $a0, len=4\n .end\nHALT',
    '.csr global FORMAT=f32\nMOV.zero [0], len=1024\nHALT',
  ])('%j', (text) => expect(sentences(text)).toEqual([]));
});

describe('mistakes are named with their line', () => {
  test.each([
    ['NOP', 't:1 found a program without HALT, expected HALT at its end'],
    [
      `${group}BAR #1, #2\nHALT`,
      't:2 found BAR, expected a program that runs with others, each on its own chip: ohmic simulate one.oasm two.oasm',
    ],
    ['.word 0xff, 0, 0, 0\nHALT', 't:1 found opcode 0xff, expected an opcode of the instruction table'],
    ['.group W0 tile=7 rows=512 cols=16 rowblocks=2\nHALT', 't:1 found W0 on tiles 7 to 8, expected tiles 0 to 7 of the chip'],
    [
      '.group W0 tile=0 rows=513 cols=16 rowblocks=2\nHALT',
      't:1 found W0 with 513 rows, expected at most 512 rows in 2 blocks of 256',
    ],
    ['.group W0 tile=0 rows=5 cols=129\nHALT', 't:1 found W0 with 129 columns, expected at most 128 columns in 1 blocks of 128'],
    [
      '.group W0 tile=0 rows=0 cols=1\nHALT',
      't:1 found W0 of 0 x 1 on 1 tiles, expected at least one row, column, block and replica',
    ],
    ['MVM [0], [64], W0\nHALT', 't:1 found W0 before it is defined, expected .group before this word'],
    ['MOV.zero $a1, len=4\nHALT', 't:1 found $a1 before it is defined, expected .agu before this word'],
    [`${group}MVM [0], @w1, W0\nHALT`, 't:2 found @w1 before it is defined, expected .window before this word'],
    [
      '.window w0 agu=a2 height=4 width=4 channels=1 kernel=2\nHALT',
      't:1 found $a2 before it is defined, expected .agu before this word',
    ],
    [
      'MOV.zero [4093], len=4\nHALT',
      't:1 found MOV operand D at spm bytes 4093 to 4096, expected bytes 0 to 4095 of the scratchpad',
    ],
    [
      '.agu a0 base=spm:0 L0:64\nLOOP L0, #65\nMOV.zero $a0, len=4\n.end\nHALT',
      't:3 found MOV operand D at spm bytes 0 to 4099, expected bytes 0 to 4095 of the scratchpad',
    ],
    [
      '.agu a0 base=spm:64 L0:-64\nLOOP L0, #3\nMOV.zero $a0, len=4\n.end\nHALT',
      't:3 found MOV operand D at spm bytes -64 to 67, expected bytes 0 to 4095 of the scratchpad',
    ],
    [
      '.agu a0 base=dram:999000\nDLD [0], $a0, #1000, len=4, rows=3\nHALT',
      't:2 found DLD operand A at dram bytes 999000 to 1001003, expected bytes 0 to 999999 of DRAM',
    ],
    ['.agu a0 base=spm:0\nDLD [0], $a0, len=4\nHALT', 't:2 found DLD operand A in spm, expected an address in dram'],
    [
      '.csr global FORMAT=f32\nMOV.zero [0], len=1025\nHALT',
      't:2 found MOV operand D at spm bytes 0 to 4099, expected bytes 0 to 4095 of the scratchpad',
    ],
    [
      `${group}.csr all IN_FORMAT=f32\n.agu a0 base=spm:0\n.window w0 agu=a0 height=32 width=33 channels=1 kernel=2\nMVM [0], @w0, W0\nHALT`,
      't:5 found MVM operand A at spm bytes 0 to 4223, expected bytes 0 to 4095 of the scratchpad',
    ],
    ['MOV.zero [0], len=4, unit=2\nHALT', 't:1 found vector unit 2, expected one of the 2 the chip has, 0 to 1'],
    [
      '.agu a0 base=dram:0\nDLD [0], $a0, len=4, unit=1\nHALT',
      't:2 found DMA channel 1, expected one of the 1 the chip has, 0 to 0',
    ],
    ['SETC #0x11, csr=ADC_BITS, unit=all\nHALT', 't:1 found ADC_BITS set to bits 0x11, expected a value from 0 to 16'],
    [
      'SETC #0x7, csr=DAC_MODE, unit=all\nHALT',
      't:1 found DAC_MODE set to bits 0x7, expected a code of pulse-width, bit-serial, amplitude',
    ],
    ['SETC #0x0, csr=FORMAT, unit=W3\nHALT', 't:1 found global FORMAT for unit 3, expected unit 0'],
    [
      'LOOP L1, #2\nLOOP L1, #2\nNOP\n.end\n.end\nHALT',
      't:2 found LOOP L1 inside a loop at L1, expected a level above L1: levels nest outward-in',
    ],
    [
      'LOOP L0, #2\nBR.eq out, r1, #0\n.end\nHALT\nout: HALT',
      't:2 found a branch to word 3, expected a word of the loop at word 0: a branch may not leave a loop body',
    ],
    [
      'BR.eq in, r1, #0\nLOOP L0, #2\nin: NOP\n.end\nHALT',
      't:1 found a branch to word 2, expected a word outside the loop at word 1: a branch may not enter a loop body',
    ],
    ['BR.eq #9, r1, #0\nHALT', 't:1 found a branch to word 9, expected a word of the program, 0 to 1'],
    ['MARK.begin #3\nHALT', 't:1 found MARK of region 3, expected a region of the program: none'],
    [
      '.dram x 8 at=999996\n.data x u8 1,2,3,4,5\nHALT',
      't:3 found data at dram bytes 999996 to 1000000, expected bytes 0 to 999999 of DRAM',
    ],
  ])('%j', (text, sentence) => expect(sentences(text)).toContain(sentence));

  test('a loop body past the end, or across another one, is refused', () => {
    const loop = (length: number, level: number): string =>
      `.word ${[4 + level * 2 ** 20, (2 << 24) + length * 2 ** 26, (2 << 24) + 2, 0].join(', ')}`;
    expect(sentences(`${loop(5, 0)}\nHALT`)).toEqual([
      't:1 found LOOP L0 over words 1 to 5, expected a body inside the program, which ends at word 1',
    ]);
    expect(sentences(`${loop(2, 0)}\n${loop(2, 1)}\nNOP\nHALT`)).toEqual([
      't:2 found LOOP L1 over words 2 to 3, expected a body inside the loop at word 0, which ends at word 2',
    ]);
  });

  test('all mistakes come at once, in program order, and name the word where no line is known', () => {
    const program = { ...assemble('MVM [0], [0], W0\nMOV.zero [0], len=4, unit=9', 't'), lines: [] };
    expect(validateProgram(program, limits).map(describeIssue)).toEqual([
      't found word 0: W0 before it is defined, expected .group before this word',
      't found word 1: a program without HALT, expected HALT at its end',
      't found word 1: vector unit 9, expected one of the 2 the chip has, 0 to 1',
    ]);
  });
});

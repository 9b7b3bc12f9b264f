import { describe, expect, test } from 'vitest';
import { describeIssue, InputError } from '../../src/config/issue.ts';
import { assemble } from '../../src/isa/assemble.ts';
import { decode, type Instruction } from '../../src/isa/codec.ts';
import { readFloatImmediate, readIntegerImmediate, readLiteral } from '../../src/isa/immediates.ts';
import { assemblySyntax } from '../../src/isa/manual-syntax.ts';
import { type Program, placeOf } from '../../src/isa/program.ts';
import { functionNameOf } from '../../src/isa/table.ts';

const decoded = ({ words }: Program): Instruction[] =>
  Array.from({ length: words.length / 4 }, (_, word) => decode(words, word * 4)!);
const one = (text: string): Instruction => decoded(assemble(text, 't.oasm'))[0]!;

const complaints = (text: string): string[] => {
  try {
    assemble(text, 't.oasm');
  } catch (error) {
    if (error instanceof InputError) return error.issues.map(describeIssue);
    throw error;
  }
  return [];
};

describe('instructions', () => {
  test('operands of every kind', () => {
    expect(one('MVM.ACC.RELU [64], $a3+16, W5, len=32')).toEqual({
      mnemonic: 'MVM',
      fn: 0,
      flags: 3,
      unit: 5,
      length: 32,
      d: { kind: 'spm', value: 64 },
      a: { kind: 'agu', value: 3 | (16 << 5) },
      b: { kind: 'imm', value: 0 },
    });
    expect(one('MVM [0], @w2, W0').a).toEqual({ kind: 'reg', value: 66 });
    expect(one('VEC.add [0], $a1-4, #1.5, len=4, unit=1')).toMatchObject({
      unit: 1,
      a: { kind: 'agu', value: ((-4 << 5) | 1) & 0xffffff },
    });
    expect(readFloatImmediate(one('VEC.add [0], [4], #-0.01, len=4').b.value)).toBeCloseTo(-0.01, 6);
  });

  test('flag I makes immediates integers', () => {
    expect(readIntegerImmediate(one('SETR.add.I r1, r1, #-5').b.value)).toBe(-5);
    expect(readFloatImmediate(one('SETR.add r1, r1, #-5').b.value)).toBe(-5);
  });

  test('literals carry 32 bits', () => {
    const real = one('SETR.lit r1, #0.1');
    expect(readLiteral(real.a.value, real.b.value, false)).toBe(Math.fround(0.1));
    const whole = one('SETR.lit.I r1, #-123456789');
    expect(readLiteral(whole.a.value, whole.b.value, true)).toBe(-123456789);
  });

  test('loops take their length from .end, branches theirs from labels', () => {
    const [outer, , branch, inner] = decoded(
      assemble('LOOP L0, r1, start=2\nagain: NOP\nBR.lt.I again, !hits, #5\nLOOP L1, #3\nNOP\n.end\n.end\nHALT', 't'),
    );
    expect(outer).toMatchObject({ unit: 0, length: 4, d: { kind: 'imm', value: 2 }, a: { kind: 'reg', value: 1 } });
    expect(readIntegerImmediate(branch!.d.value)).toBe(-1);
    expect(inner).toMatchObject({ unit: 1, length: 1 });
  });

  test('forward labels, left-out operands, named fields', () => {
    expect(readIntegerImmediate(one('BR.eq done, r0, r0\nNOP\ndone: HALT').d.value)).toBe(2);
    expect(one('LOSS.mse -, [0], [64], len=10')).toMatchObject({ d: { kind: 'imm', value: 0 }, a: { kind: 'spm', value: 0 } });
    expect(one('DLD [0], $a0, #784, len=28, rows=28, unit=1')).toMatchObject({ fn: 28, length: 28, unit: 1 });
    expect(one('DLY.AGE #86400, shift=3')).toMatchObject({ fn: 3, flags: 1 });
    expect(one('FENCE')).toMatchObject({ unit: 0xfff });
    expect(one('SETC #0x8, csr=ADC_BITS, unit=all')).toMatchObject({ fn: 5, unit: 0xfff, a: { kind: 'imm', value: 8 } });
    expect(functionNameOf('MOV', one('MOV.zero [0], len=4').fn)).toBe('zero');
  });

  test('lines map words to their source', () => {
    const program = assemble('\n NOP\n\nlast: HALT\n', 't');
    expect(program.lines).toEqual([
      { word: 0, line: 2, column: 2 },
      { word: 1, line: 4, column: 7 },
    ]);
    expect(placeOf(program, 1)).toBe('t:4:7');
    expect(placeOf({ ...program, lines: [{ word: 1, line: 4 }] }, 1)).toBe('t:4');
    expect(placeOf({ ...program, lines: [] }, 1)).toBe('t word 1');
  });

  test('CRLF, a byte-order mark, comments and tabs change nothing', () => {
    const text = '.spm x 64 ; "quoted ; text"\nstart:\tMVM [x],[x+4] , W0 ; c\nHALT\n';
    expect(assemble(`\uFEFF${text.replaceAll('\n', '\r\n')}`, 't').words).toEqual(assemble(text, 't').words);
  });
});

describe('directives', () => {
  test('the example of the manual assembles', () => {
    const example = assemblySyntax.split('```')[3]!;
    const program = assemble(example, 'manual');
    expect(decoded(program).map(({ mnemonic }) => mnemonic)).toEqual('GRP AGU SETC SETC MARK LOOP DLD MVM MARK HALT'.split(' '));
    expect(program.symbols.map(({ name, space, address }) => [name, space, address])).toEqual([
      ['x', 'spm', 0],
      ['y', 'spm', 832],
      ['images', 'dram', 0],
    ]);
    expect(program.regions).toEqual([{ id: 0, kind: 'phase', name: 'forward' }]);
  });

  test('data goes where its symbol stands, one line after the other', () => {
    const { data, symbols } = assemble(
      '.dram pad 64\n.dram w 12\n.data w f32 1.5\n.data w i32 -1, 2\n.data v u8 1,2,255\nHALT',
      't',
    );
    expect(data.map(({ address, bytes }) => [address, [...bytes]])).toEqual([
      [64, [0, 0, 192, 63]],
      [68, [255, 255, 255, 255, 2, 0, 0, 0]],
      [128, [1, 2, 255]],
    ]);
    expect(symbols.at(-1)).toEqual({ name: 'v', space: 'dram', address: 128, bytes: 3 });
  });

  test('windows, generators and groups take all their fields', () => {
    const text = [
      '.spm map 4096',
      '.agu a3 base=spm:map+8 L0:784 L1:-4 L2:1 mod=1024',
      '.window w1 agu=a3 height=28 width=27 channels=3 kernel=5x3 stride=2 pad=2:1 dil=2',
      '.group W9 tile=4 rows=100 cols=20 rowblocks=2 colblocks=3 replicas=2 rowoffset=8 coloffset=4',
      '.csr W9 ADC_BITS=6 ADC_RANGE=r2',
      'HALT',
    ].join('\n');
    expect(decoded(assemble(text, 't')).map(({ mnemonic, unit }) => `${mnemonic} ${unit}`)).toEqual([
      'AGU 3',
      'AGU 3',
      'WIN 1',
      'GRP 9',
      'GRP 9',
      'SETC 9',
      'SETC 9',
      'HALT 0',
    ]);
  });

  test('a symbol may be used before its declaration', () => expect(one('MVM [y], [y], W0\n.spm x 8\n.spm y 8').d.value).toBe(64));
});

describe('mistakes', () => {
  test.each([
    ['MWM [0], [4], W0', 't.oasm:1:1 found unknown instruction MWM, expected an instruction (did you mean MVM?)'],
    [
      '  VEC.ad [0], [4], len=4',
      't.oasm:1:7 found "ad", expected one of add, sub, mul, mac, max, min, div, cmp-ge, select, abs, neg, copy, axpy, shl, shr, add-sr, ROW (did you mean add?)',
    ],
    ['MVM.RELLU [0], [4], W0', 't.oasm:1:5 found "RELLU", expected one of ACC, RELU, RAW (did you mean RELU?)'],
    [
      '.spm input 8\nMVM [inpt], [0], W0',
      't.oasm:2:6 found unknown symbol inpt, expected a symbol of .spm (did you mean input?)',
    ],
    ['.csr all ADC_BIT=8', 't.oasm:1:10 found "ADC_BIT", expected a configuration register (did you mean ADC_BITS?)'],
    [
      '.csr all DAC_MODE=bit-seral',
      't.oasm:1:19 found DAC_MODE=bit-seral, expected one of pulse-width, bit-serial, amplitude (did you mean bit-serial?)',
    ],
    ['BR.eq ende, r0, r0\nend: HALT', 't.oasm:1:7 found unknown label ende, expected a label of this file (did you mean end?)'],
    [
      'SETR.mov r1, !hit',
      't.oasm:1:15 found "hit", expected one of !loss, !hits, !count, !saturations, !retries, !pulses, !nonzeros (did you mean hits?)',
    ],
    ['NOP\n.end', 't.oasm:2:1 found an end without a loop, expected LOOP before it'],
    ['LOOP L0, #3\nNOP', 't.oasm:1:1 found LOOP without its end, expected .end after the loop body'],
    ['.region 0 phase load\n.scope 0\nNOP', 't.oasm:2:1 found .scope without its end, expected .end after its words'],
    ['.scope 0\n.end\nNOP', 't.oasm:2:1 found a scope of region 0 without words, expected at least one word in it'],
    ['.scope\nNOP', 't.oasm:1:1 found ".scope", expected .scope id of a region'],
    ['LOOP L0, #3\n.end', 't.oasm:2:1 found LOOP with len=0, expected len of at least 1 (body length in words)'],
    ['MVM [0], [16777216], W0', 't.oasm:1:10 found address 16777216, expected a whole number from 0 to 16777215'],
    [
      'VEC.add [0], [0], [0]',
      't.oasm:1:1 found VEC with len=0, expected len of at least 1 (elements; with ROW elements per row)',
    ],
    ['.grup W0', 't.oasm:1:1 found unknown directive .grup, expected a directive (did you mean .group?)'],
    [
      '',
      't.oasm:1:1 found a program without instructions, expected instructions, or directives such as .spm, .dram, .data, .region, .group, .agu, .window, .csr, .scope, .end, .word',
    ],
    [
      '.region 0 phase "forwrd"\nHALT',
      't.oasm:1:17 found "\\"forwrd\\"", expected one of load, program, forward, backward, accumulate, update, transfer, verify, evaluate, idle (did you mean forward?)',
    ],
    ['.data w u8 256\nHALT', 't.oasm:1:12 found "256", expected a whole number from 0 to 255'],
    ['a: NOP\na: HALT', 't.oasm:2:1 found label a a second time, expected each label defined once'],
    [
      'MVM [0], #4, W0',
      't.oasm:1:10 found "#4", expected [address] or $aN or a window @wN (input vectors, logical rows each, or a window)',
    ],
    [
      'MVM [0]',
      't.oasm:1:1 found MVM without operand A, expected [address] or $aN or a window @wN (input vectors, logical rows each, or a window)',
    ],
    ['NOP r1', 't.oasm:1:5 found "r1", expected 0 operands for NOP'],
    ['HALT #1, lenn=3', 't.oasm:1:10 found "lenn", expected no named field for HALT'],
    [
      'SETR.mov r0, #1',
      't.oasm:1:1 found SETR operand D naming register 0, expected a register r1-r15 or a special (destination r1-r15, or a special to reset it)',
    ],
    ['MVM [0], $a32, W0', 't.oasm:1:10 found AGU 32, expected a whole number from 0 to 31'],
    ['MVM [0], [0], W256', 't.oasm:1:15 found "W256", expected W0 to W255'],
  ])('%j', (text, sentence) => expect(complaints(text)).toEqual([sentence]));

  test('all are reported at once, in line order', () => {
    const found = complaints('LOOP L9, #3\nMWM\n.end\nVEC.add [q], [0], len=4\n.spm x\nBR.eq no, r0, r0');
    expect(found.map((sentence) => sentence.split(' ')[0])).toEqual([
      't.oasm:1:6',
      't.oasm:2:1',
      't.oasm:4:10',
      't.oasm:5:1',
      't.oasm:6:7',
    ]);
  });
});

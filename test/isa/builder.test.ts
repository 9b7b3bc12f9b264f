import { describe, expect, test } from 'vitest';
import { createProgramBuilder } from '../../src/isa/builder.ts';
import { decode } from '../../src/isa/codec.ts';
import { agu, float, integer, register, spm } from '../../src/isa/operands.ts';
import type { Program } from '../../src/isa/program.ts';

const decoded = ({ words }: Program) => Array.from({ length: words.length / 4 }, (_, word) => decode(words, word * 4)!);
const builder = () => createProgramBuilder('test');

describe('the program builder', () => {
  test('places areas one after the other on multiples of 64', () => {
    const b = builder();
    expect([b.spm('x', 100), b.spm('y', 1), b.dram('w', 65), b.dram('v', 1), b.spm('fixed', 4, 1000), b.spm('z', 1)]).toEqual([
      0, 128, 0, 128, 1000, 1024,
    ]);
    expect(() => b.spm('x', 1)).toThrow('symbol x a second time');
    expect(() => b.spm('big', 2 ** 24 + 1)).toThrow(RangeError);
  });

  test('a DRAM area may bring its bytes', () => {
    const b = builder();
    const address = b.dram('w', 4, Uint8Array.of(1, 2, 3, 4));
    expect(b.build().data).toEqual([{ address, bytes: Uint8Array.of(1, 2, 3, 4) }]);
  });

  test('regions get ids once', () => {
    const b = builder();
    expect([b.region('layer', 'fc1'), b.region('layer', 'fc2'), b.region('layer', 'fc1'), b.region('phase', 'load', 9)]).toEqual([
      0, 1, 0, 9,
    ]);
    expect(() => b.region('phase', 'program', 9)).toThrow('region 9 a second time');
  });

  test('an address generator needs a second word for a third stride or an odd DRAM base', () => {
    const b = builder();
    b.agu(1, { space: 'dram', base: 128, strides: [{ level: 0, bytes: 784 }] });
    b.agu(2, { space: 'dram', base: 130 });
    b.agu(3, { space: 'spm', base: 3, strides: [0, 1, 2].map((level) => ({ level, bytes: level + 1 })), modulus: 64 });
    expect(decoded(b.build()).map(({ unit, flags, d, fn, length }) => [unit, flags, d.value, fn, length])).toEqual([
      [1, 4, 2, 0b111000, 0],
      [2, 4, 2, 0b111111, 0],
      [2, 1, 2, 0b111111, 0],
      [3, 2, 3, 0b001000, 64],
      [3, 1, 0, 0b111010, 0],
    ]);
    expect(() => b.agu(4, { space: 'spm', base: 0, strides: [0, 1, 2, 3, 4].map((level) => ({ level, bytes: 1 })) })).toThrow(
      '5 strides',
    );
  });

  test('a group needs a second word for an offset inside its tile', () => {
    const b = builder();
    b.group({ id: 7, firstTile: 0, rows: 9, columns: 4, rowBlocks: 1, columnBlocks: 1 });
    b.group({ id: 8, firstTile: 0, rows: 9, columns: 4, rowBlocks: 1, columnBlocks: 1, rowOffset: 9, columnOffset: 4 });
    expect(decoded(b.build()).map(({ unit, flags, length }) => [unit, flags, length])).toEqual([
      [7, 0, 9],
      [8, 0, 9],
      [8, 1, 0],
    ]);
  });

  test('registers take values of their own type', () => {
    const b = builder();
    b.csr(3, 'ADC_BITS', 8);
    b.csr('all', 'DAC_MODE', 'bit-serial');
    b.csr('global', 'FORMAT', 'bf16');
    b.csr(3, 'ADC_RANGE', register(2));
    expect(decoded(b.build()).map(({ unit, a }) => [unit, a.kind, a.value])).toEqual([
      [3, 'imm', 8],
      [0xfff, 'imm', 1],
      [0, 'imm', 1],
      [3, 'reg', 2],
    ]);
    expect(() => b.csr(3, 'ADC_BITS', 17)).toThrow('want a whole number from 0 to 16');
    expect(() => b.csr(3, 'DAC_MODE', 'bit-seral')).toThrow('want one of pulse-width, bit-serial, amplitude');
    expect(() => b.csr(3, 'FORMAT', 'f32')).toThrow('want global');
    expect(() => b.csr('global', 'ADC_BITS', 8)).toThrow('want a group or all');
  });

  test('loops get their body length; empty and unclosed ones are refused', () => {
    const b = builder();
    b.loop(0, 10, () => b.loop(1, register(3), () => b.emit('NOP')));
    b.emit('HALT');
    expect(decoded(b.build()).map(({ mnemonic, length }) => [mnemonic, length])).toEqual([
      ['LOOP', 2],
      ['LOOP', 1],
      ['NOP', 0],
      ['HALT', 0],
    ]);
    expect(() => b.loop(0, 1, () => undefined)).toThrow('len of at least 1');
    expect(() => b.closeLoop()).toThrow('an end without a loop');
    b.openLoop(0, 1);
    expect(() => b.build()).toThrow('without its end');
  });

  test('scopes hold the words of their body; an empty one is a pair of MARKs', () => {
    const b = builder();
    const region = b.region('layer', 'one');
    b.scope(region, () => b.loop(0, 10, () => b.scope(region, () => b.emit('NOP'))));
    b.scope(region, () => undefined);
    const program = b.build();
    expect(program.scopes).toEqual([
      { region, start: 0, end: 2 },
      { region, start: 1, end: 2 },
    ]);
    expect(decoded(program).map(({ mnemonic }) => mnemonic)).toEqual(['LOOP', 'NOP', 'MARK', 'MARK']);
    expect(() => b.closeScope()).toThrow('an end without a scope');
    b.openScope(region);
    expect(() => b.closeScope()).toThrow('without words');
    const open = builder();
    open.openScope(0);
    expect(() => open.closeLoop()).toThrow('an end without a loop');
    expect(() => open.build()).toThrow('a scope without its end');
  });

  test('emit checks every field against the table', () => {
    const b = builder();
    b.emit('MVM', { unit: 2, flags: ['RELU'], d: spm(0), a: agu(1) });
    expect(decoded(b.build())[0]).toMatchObject({ mnemonic: 'MVM', unit: 2, flags: 2, length: 1 });
    expect(() => b.emit('VEC', { fn: 'ad', d: spm(0), a: spm(0), length: 1 })).toThrow('want one of add, sub');
    expect(() => b.emit('VEC', { d: spm(0), a: spm(0), length: 1 })).toThrow('VEC without a function');
    expect(() => b.emit('MVM', { flags: ['RELLU'], d: spm(0), a: spm(0) })).toThrow('want one of ACC, RELU, RAW');
    expect(() => b.emit('MVM', { d: integer(0), a: spm(0) })).toThrow('MVM operand D of kind imm');
    expect(() => b.emit('VEC', { fn: 'add', d: spm(0), a: spm(0), b: float(1) })).toThrow('len of at least 1');
    expect(() => b.raw([0, 0, 0, 2 ** 32])).toThrow(RangeError);
  });

  test('lines and manifest are kept', () => {
    const b = builder();
    b.emit('NOP');
    b.at(7);
    b.emit('HALT');
    expect(b.build({ a: 1 })).toMatchObject({ sourceName: 'test', lines: [{ word: 1, line: 7 }], manifest: { a: 1 } });
    expect(b.build()).not.toHaveProperty('manifest');
  });
});

import { describe, expect, it } from 'vitest';
import { createProgramBuilder } from '../../src/isa/builder.ts';
import { decodeProgram } from '../../src/sequence/decode-program.ts';

describe('decode program', () => {
  it('decodes word by word', () => {
    const builder = createProgramBuilder('test.oasm');
    builder.emit('NOP');
    builder.emit('HALT');
    expect(decodeProgram(builder.build().words).map(({ mnemonic }) => mnemonic)).toEqual(['NOP', 'HALT']);
    expect(decodeProgram(new Uint32Array())).toEqual([]);
  });

  it('names the word that is no instruction', () => {
    const builder = createProgramBuilder('test.oasm');
    builder.emit('NOP');
    builder.raw([0xff, 0, 0, 0]);
    expect(() => decodeProgram(builder.build().words)).toThrow(/^word 1 is opcode 0xff; want an opcode/);
  });
});

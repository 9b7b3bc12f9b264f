import { describe, expect, it } from 'vitest';
import { loadLiteral, loopFrom } from '../../src/compiler/emit-loop.ts';
import { createProgramBuilder } from '../../src/isa/builder.ts';
import { readIntegerImmediate, readLiteral } from '../../src/isa/immediates.ts';
import { decodeProgram } from '../../src/sequence/decode-program.ts';

describe('emitted loops and literals', () => {
  it('start their counter where asked', () => {
    const builder = createProgramBuilder('test.oasm');
    loopFrom(builder, 1, 7, 3, () => builder.emit('NOP'));
    const [loop] = decodeProgram(builder.build().words);
    expect(loop).toMatchObject({ mnemonic: 'LOOP', unit: 1, length: 1 });
    expect([loop!.d, loop!.a].map(({ value }) => readIntegerImmediate(value))).toEqual([7, 3]);
  });

  it('keep all bits', () => {
    const builder = createProgramBuilder('test.oasm');
    loadLiteral(builder, 5, 315_489_600);
    const [word] = decodeProgram(builder.build().words);
    expect(word!.d).toEqual({ kind: 'reg', value: 5 });
    expect(readLiteral(word!.a.value, word!.b.value, false)).toBe(315_489_600);
  });
});

import { describe, expect, it } from 'vitest';
import { agu, float, integer, register, special, spm } from '../../src/isa/operands.ts';
import { only, single, streamOf } from './support.ts';

describe('resolved operands', () => {
  it('are addresses, with the offset of the operand added to the generator', () => {
    const stream = streamOf((builder) => {
      builder.agu(1, { space: 'dram', base: 1000 });
      builder.emit('DLD', { d: spm(96), a: agu(1, -8), length: 4 });
      builder.emit('HALT');
    });
    const { d, a, b } = single(stream, 'DLD');
    expect({ d, a, b }).toEqual({
      d: { kind: 'spm', address: 96 },
      a: { kind: 'dram', address: 992 },
      b: { kind: 'value', value: 0 },
    });
  });

  it('are numbers, read as the table says', () => {
    const stream = streamOf((builder) => {
      builder.emit('VEC', { fn: 'mul', d: spm(0), a: spm(0), b: float(-0.375), length: 2 });
      builder.emit('RED', { fn: 'sum', d: spm(0), a: spm(0), b: integer(-7), length: 2 });
      builder.emit('HALT');
    });
    expect(single(stream, 'VEC').b).toEqual({ kind: 'value', value: -0.375 });
    expect(single(stream, 'RED').b).toEqual({ kind: 'value', value: -7 });
  });

  it('are values of registers at issue, and names of registers that are written or belong to the machine', () => {
    const stream = streamOf(
      (builder) => {
        builder.emit('SETR', { fn: 'mov', d: register(2), a: float(1.5) });
        builder.emit('VEC', { fn: 'mul', d: spm(0), a: spm(0), b: register(2), length: 2 });
        builder.emit('BR', { fn: 'ge', d: integer(1), a: special('hits'), b: register(2) });
        builder.emit('HALT');
      },
      { special: () => 0 },
    );
    expect(single(stream, 'SETR').d).toEqual({ kind: 'register', id: 2 });
    expect(single(stream, 'VEC').b).toEqual({ kind: 'value', value: 1.5 });
    expect(single(stream, 'BR').a).toEqual({ kind: 'register', id: special('hits').value });
    expect(single(stream, 'BR').b).toEqual({ kind: 'value', value: 1.5 });
  });

  it('are absent where an optional address is left out', () => {
    const stream = streamOf((builder) => {
      builder.emit('LOSS', { fn: 'mse', a: spm(0), b: spm(64), length: 3 });
      builder.emit('NOP');
      builder.emit('HALT');
    });
    expect(single(stream, 'LOSS').d).toEqual({ kind: 'none' });
    expect(only(stream, 'NOP')[0]!.a).toEqual({ kind: 'none' });
  });
});

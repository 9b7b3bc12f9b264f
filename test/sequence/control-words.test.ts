import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agu, counter, float, integer, literal, register } from '../../src/isa/operands.ts';
import { only, single, streamOf } from './support.ts';

const group = { id: 0, firstTile: 1, rowBlocks: 2, columnBlocks: 3, rows: 9, columns: 8 };

describe('control words', () => {
  it('law: SETR.lit holds any f32 exactly', () => {
    fc.assert(
      fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const stream = streamOf((builder) => {
          builder.emit('SETR', { fn: 'lit', d: register(4), ...literal(value) });
          builder.emit('DLY', { flags: ['AGE'], a: register(4) });
          builder.emit('HALT');
        });
        expect(single(stream, 'DLY').a).toEqual({ kind: 'value', value });
      }),
      { seed: 8 },
    );
  });

  it('law: SETR.lit.I holds any i32 exactly', () => {
    fc.assert(
      fc.property(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), (value) => {
        const stream = streamOf((builder) => {
          builder.emit('SETR', { fn: 'lit', flags: ['I'], d: register(4), ...literal(value, { integer: true }) });
          builder.emit('HALT', { a: register(4) });
        });
        expect(single(stream, 'HALT').a).toEqual({ kind: 'value', value });
      }),
      { seed: 9 },
    );
  });

  it('keeps every bit of a literal where an immediate would round', () => {
    const csrOf = (exact: boolean) => {
      const stream = streamOf((builder) => {
        builder.group(group);
        builder.emit('SETR', { fn: 'lit', d: register(1), ...literal(1 / 255) });
        builder.csr(0, 'IN_UNIT', exact ? register(1) : 1 / 255);
        builder.emit('RDV', { fn: 'row', d: { kind: 'spm', value: 0 }, a: integer(0) });
        builder.emit('HALT');
      });
      return single(stream, 'RDV').group!.csrs.inUnit;
    };
    expect(csrOf(true)).toBe(Math.fround(1 / 255));
    expect(csrOf(false)).not.toBe(Math.fround(1 / 255));
    expect(Math.abs(csrOf(false) * 255 - 1)).toBeLessThanOrEqual(2 ** -16);
  });

  it('computes on the f32 and the i32 view, and reads loop counters', () => {
    const stream = streamOf((builder) => {
      builder.emit('SETR', { fn: 'mov', d: register(1), a: float(2.5) });
      builder.emit('SETR', { fn: 'mul', d: register(1), a: register(1), b: float(-4) });
      builder.emit('DLY', { flags: ['AGE'], a: register(1) });
      builder.openLoop(0, 1, 41);
      builder.emit('SETR', { fn: 'mov', flags: ['I'], d: register(2), a: counter(0) });
      builder.closeLoop();
      builder.emit('HALT', { a: register(2) });
    });
    expect(single(stream, 'DLY').a).toEqual({ kind: 'value', value: -10 });
    expect(single(stream, 'HALT').a).toEqual({ kind: 'value', value: 41 });
  });

  it('branches forward and back by words', () => {
    const stream = streamOf((builder) => {
      builder.emit('SETR', { fn: 'add', d: register(1), a: register(1), b: float(1) });
      builder.emit('BR', { fn: 'lt', d: integer(-1), a: register(1), b: float(3) });
      builder.emit('BR', { fn: 'eq', d: integer(2), a: register(1), b: float(3) });
      builder.emit('NOP');
      builder.emit('HALT');
    });
    expect(stream.operations.map(({ word }) => word)).toEqual([0, 1, 0, 1, 0, 1, 2, 4]);
  });

  it('defines groups, moves them and extends generators', () => {
    const stream = streamOf((builder) => {
      builder.group({ ...group, replicas: 2, rowOffset: 4, columnOffset: 6 });
      const strides = [0, 1, 2].map((level) => ({ level, bytes: 10 ** (level + 1) }));
      builder.agu(5, { space: 'dram', base: 200, strides });
      builder.openLoop(0, 1, 1);
      builder.openLoop(1, 1, 2);
      builder.openLoop(2, 1, 3);
      builder.emit('PRG', { fn: 'verify', a: agu(5), length: 9 });
      for (let level = 0; level < 3; level++) builder.closeLoop();
      builder.emit('HALT');
    });
    const { group: defined, a } = single(stream, 'PRG');
    expect(defined).toMatchObject({ ...group, replicas: 2, rowOffset: 4, columnOffset: 6 });
    expect(a).toEqual({ kind: 'dram', address: 200 + 10 + 200 + 3000 });
    expect(only(stream, 'LOOP').length).toBe(3);
  });
});

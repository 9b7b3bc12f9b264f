import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ProgramBuilder } from '../../src/isa/builder.ts';
import { agu, counter, float, integer, literal, register, special, spm, window } from '../../src/isa/operands.ts';
import { only, single, streamOf } from './support.ts';

const group = { id: 2, firstTile: 0, rowBlocks: 1, columnBlocks: 1, rows: 5, columns: 3 };
const halt = (builder: ProgramBuilder) => builder.emit('HALT');

describe('sequencer', () => {
  it('issues operations in program order, numbered, and ends at HALT', () => {
    const { operations, trapped } = streamOf((builder) => {
      builder.emit('NOP');
      halt(builder);
      builder.emit('NOP');
    });
    expect(operations.map(({ mnemonic, sequence, word }) => ({ mnemonic, sequence, word }))).toEqual([
      { mnemonic: 'NOP', sequence: 0, word: 0 },
      { mnemonic: 'HALT', sequence: 1, word: 1 },
    ]);
    expect(trapped).toBeUndefined();
  });

  it('law: a word inside nested loops is issued as often as the product of the trip counts', () => {
    const trips = fc.array(fc.nat(4), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(trips, (counts) => {
        const stream = streamOf((builder) => {
          const nest = (level: number): void => {
            if (level === counts.length) builder.emit('NOP');
            else builder.loop(level, counts[level]!, () => nest(level + 1));
          };
          nest(0);
          halt(builder);
        });
        expect(only(stream, 'NOP').length).toBe(counts.reduce((product, count) => product * count, 1));
        expect(stream.trapped).toBeUndefined();
      }),
      { seed: 7, numRuns: 60 },
    );
  });

  it('resolves address generators by the loop counters at issue', () => {
    const stream = streamOf((builder) => {
      builder.agu(3, {
        space: 'spm',
        base: 4096,
        strides: [
          { level: 0, bytes: 100 },
          { level: 1, bytes: 8 },
        ],
      });
      builder.openLoop(0, 2, 5);
      builder.loop(1, 2, () => builder.emit('VEC', { fn: 'neg', d: agu(3), a: agu(3, -4), length: 2 }));
      builder.closeLoop();
      halt(builder);
    });
    const addresses = only(stream, 'VEC').map(({ d, a }) =>
      [d, a].map((operand) => (operand.kind === 'spm' ? operand.address : -1)),
    );
    expect(addresses).toEqual([4596, 4604, 4696, 4704].map((address) => [address, address - 4]));
  });

  it('takes trip counts and starts from registers', () => {
    const stream = streamOf((builder) => {
      builder.emit('SETR', { fn: 'lit', flags: ['I'], d: register(1), ...literal(3, { integer: true }) });
      builder.openLoop(0, register(1), register(1));
      builder.emit('SETR', { fn: 'mov', flags: ['I'], d: register(2), a: counter(0) });
      builder.closeLoop();
      builder.emit('DLY', { a: float(0) });
      builder.emit('DLD', { d: spm(0), a: agu(0), b: register(2), length: 4 });
    });
    // the AGU is undefined: the trap comes after three iterations
    expect(only(stream, 'SETR').length).toBe(4);
    expect(stream.trapped?.reason).toContain('$a0');
  });

  it('gives operations the regions, format and rows in force', () => {
    const stream = streamOf((builder) => {
      const phase = builder.region('phase', 'load');
      const layer = builder.region('layer', 'fc1');
      builder.emit('NOP');
      builder.emit('MARK', { fn: 'begin', a: integer(phase) });
      builder.emit('MARK', { fn: 'begin', a: integer(layer) });
      builder.csr('global', 'FORMAT', 'i16');
      builder.csr('global', 'ROWS', 9);
      builder.emit('NOP');
      halt(builder);
    });
    expect(only(stream, 'NOP').map(({ layer, phase, format, rows }) => ({ layer, phase, format, rows }))).toEqual([
      { layer: -1, phase: -1, format: 'f32', rows: 1 },
      { layer: 1, phase: 0, format: 'i16', rows: 9 },
    ]);
  });

  it('keeps one configuration object per group until a SETC changes it', () => {
    const stream = streamOf((builder) => {
      builder.group(group);
      const mvm = () => builder.emit('MVM', { d: spm(64), a: spm(0), unit: 2 });
      mvm();
      mvm();
      builder.csr(2, 'IN_BITS', 4);
      mvm();
      halt(builder);
    });
    const [first, second, third] = only(stream, 'MVM').map((operation) => operation.group);
    expect(second).toBe(first);
    expect(third).not.toBe(first);
    expect(third?.csrs.inBits).toBe(4);
  });

  it('narrows a window to the output rows that a generator counts', () => {
    const stream = streamOf((builder) => {
      builder.group({ id: 2, firstTile: 0, rowBlocks: 1, columnBlocks: 1, rows: 9, columns: 3 });
      builder.agu(1, { space: 'spm', base: 640 });
      builder.agu(2, { space: 'spm', base: 0, strides: [{ level: 0, bytes: 2 }] });
      const sizes = { height: 6, width: 5, channels: 1, kernelHeight: 3, kernelWidth: 3, strideY: 1, strideX: 1 };
      const part = { agu: 2, rows: 2, rowBytes: 20 };
      builder.window(4, { agu: 1, ...sizes, padTop: 1, padLeft: 1, padBottom: 1, padRight: 1, dilation: 1, part });
      builder.loop(0, 4, () => builder.emit('MVM', { d: spm(0), a: window(4), unit: 2, length: 5 }));
      builder.emit('HALT');
    });
    const windows = only(stream, 'MVM').map(({ a }) => a.kind === 'window' && a.window);
    const shown = windows.map((w) => w && [w.address, w.height, w.padTop, w.padBottom, w.padLeft, w.outputHeight]);
    expect(shown).toEqual([
      [640, 3, 1, 0, 1, 2],
      [660, 4, 0, 0, 1, 2],
      [700, 3, 0, 1, 1, 2],
    ]);
    expect(only(stream, 'MVM')[1]!.reads).toEqual([{ space: 'spm', from: 660, to: 740 }]);
    expect(stream.trapped?.reason).toBe('window @w4 begins at output row 6 of 6');
  });

  it('resolves a window with its address and output size', () => {
    const stream = streamOf((builder) => {
      const sizes = { height: 6, width: 5, channels: 2, kernelHeight: 3, kernelWidth: 2, strideY: 1, strideX: 2 };
      builder.agu(1, { space: 'spm', base: 640, strides: [{ level: 0, bytes: 60 }] });
      builder.window(4, { agu: 1, ...sizes, padTop: 1, padLeft: 1, padBottom: 0, padRight: 0, dilation: 1 });
      builder.group({ ...group, rows: 12 });
      builder.loop(0, 2, () => builder.emit('MVM', { d: spm(0), a: window(4), unit: 2, length: 15 }));
      halt(builder);
    });
    expect(only(stream, 'MVM').map(({ a }) => (a.kind === 'window' ? a.window.address : -1))).toEqual([640, 700]);
    const { a } = only(stream, 'MVM')[0]!;
    expect(a.kind === 'window' && [a.window.outputHeight, a.window.outputWidth]).toEqual([5, 3]);
  });

  it('yields the same stream twice', () => {
    const write = (builder: ProgramBuilder) => {
      builder.agu(0, { space: 'dram', base: 128, strides: [{ level: 0, bytes: 16 }] });
      builder.loop(0, 5, () => builder.emit('DLD', { d: spm(0), a: agu(0), length: 16 }));
      halt(builder);
    };
    expect(streamOf(write)).toEqual(streamOf(write));
  });

  describe('traps', () => {
    const reasons: readonly (readonly [string, (builder: ProgramBuilder) => void, RegExp])[] = [
      ['an undefined AGU', (b) => b.emit('VEC', { fn: 'neg', d: agu(7), a: spm(0), length: 1 }), /AGU \$a7 is used before/],
      [
        'an undefined window',
        (b) => b.emit('POOL', { fn: 'max', d: spm(0), a: window(3), length: 1 }),
        /window @w3 is used before/,
      ],
      ['an undefined group', (b) => b.emit('MVM', { d: spm(0), a: spm(0), unit: 9 }), /group W9 is used before GRP/],
      [
        'moving an undefined group',
        (b) => b.emit('GRP', { flags: ['X'], unit: 9, d: { kind: 'imm', value: 1 }, a: integer(1) }),
        /W9 is moved before GRP/,
      ],
      [
        'extending an undefined AGU',
        (b) => b.emit('AGU', { flags: ['X'], unit: 8, sub: 63, d: { kind: 'imm', value: 1 }, a: integer(0), b: integer(0) }),
        /AGU \$a8/,
      ],
      ['running past the end', (b) => b.emit('NOP'), /past its last word; want HALT/],
      [
        'a branch on data without values',
        (b) => b.emit('BR', { fn: 'lt', d: integer(1), a: special('hits'), b: float(3) }),
        /depends on data.*fidelity full or values/,
      ],
    ];
    it.each(reasons)('%s', (_, write, reason) => {
      const { trapped } = streamOf(write);
      expect(trapped?.reason).toMatch(reason);
    });

    it('at the word at fault, and issues nothing after it', () => {
      const { operations, trapped } = streamOf((builder) => {
        builder.emit('NOP');
        builder.csr(0, 'IN_BITS', register(3));
        builder.emit('SETR', { fn: 'mov', d: register(3), a: float(1e9) });
        builder.csr(0, 'IN_BITS', register(3));
        halt(builder);
      });
      expect(trapped?.word).toBe(3);
      expect(trapped?.reason).toMatch(/^IN_BITS is set to \d+; want 0 to 16$/);
      expect(operations.at(-1)?.word).toBe(2);
    });
  });

  it('branches on data where there are values, and resets specials', () => {
    const written: [number, number][] = [];
    const stream = streamOf(
      (builder) => {
        builder.emit('BR', { fn: 'ge', d: integer(2), a: special('hits'), b: float(3) });
        builder.emit('NOP');
        builder.emit('SETR', { fn: 'mov', d: special('hits'), a: float(0) });
        halt(builder);
      },
      { special: () => 3, setSpecial: (id, value) => void written.push([id, value]) },
    );
    expect(only(stream, 'NOP')).toEqual([]);
    expect(written).toEqual([[special('hits').value, 0]]);
    expect(single(stream, 'HALT').a).toEqual({ kind: 'value', value: 0 });
  });
});

import { describe, expect, it } from 'vitest';
import { createProgramBuilder, type ProgramBuilder } from '../../src/isa/builder.ts';
import { agu, counter, integer, register } from '../../src/isa/operands.ts';
import { decodeProgram } from '../../src/sequence/decode-program.ts';
import { createSequencer } from '../../src/sequence/sequencer.ts';
import { defaults } from './support.ts';

const bankBytes = 256;
const trips = 50;

/** Period the sequencer finds once the first iteration of a loop over `body` has run. */
function periodOf(
  strides: readonly { readonly bytes: number; readonly modulus?: number }[],
  body: (builder: ProgramBuilder) => void,
) {
  const builder = createProgramBuilder('pattern.oasm');
  strides.forEach(({ bytes, modulus = 0 }, id) => {
    builder.agu(id, { space: 'spm', base: id << 16, strides: [{ level: 0, bytes }], modulus });
    builder.agu(8 + id, { space: 'dram', base: id << 16, strides: [{ level: 0, bytes }] });
  });
  builder.loop(0, trips, () => body(builder));
  builder.emit('HALT');
  const program = builder.build();
  const sequencer = createSequencer({
    ...{ instructions: decodeProgram(program.words), regions: program.regions, groupDefaults: defaults, format: 'f32' },
    ...{ special: undefined, watchAccesses: true },
  });
  while (sequencer.next() !== undefined) {
    const loop = sequencer.loops?.crossed;
    if (loop !== undefined) return sequencer.loops!.period(loop, bankBytes);
  }
  return undefined;
}

const negate = (builder: ProgramBuilder, to: number, from: number) =>
  builder.emit('VEC', { fn: 'neg', d: agu(to), a: agu(from), length: 16 });

describe('period of a loop', () => {
  it('is 1 where nothing moves, and where only a DRAM stream is read', () => {
    expect(periodOf([{ bytes: 0 }, { bytes: 0 }], (builder) => negate(builder, 0, 1))).toBe(1);
    expect(periodOf([{ bytes: 100 }], (builder) => builder.emit('DLD', { d: agu(0, 0), a: agu(8), length: 64 }))).toBe(64);
    const load = (builder: ProgramBuilder) => builder.emit('DLD', { d: { kind: 'spm', value: 0 }, a: agu(8), length: 64 });
    expect(periodOf([{ bytes: 100 }], load)).toBe(1);
  });

  it('is when scratchpad addresses meet the same banks again, and copies the same place', () => {
    expect(periodOf([{ bytes: 0 }, { bytes: 64 }], (builder) => negate(builder, 0, 1))).toBe(4);
    expect(periodOf([{ bytes: 0 }, { bytes: 784, modulus: 1568 }], (builder) => negate(builder, 0, 1))).toBe(2);
    expect(periodOf([{ bytes: 256, modulus: 768 }, { bytes: 128 }], (builder) => negate(builder, 0, 1))).toBe(6);
  });

  it('is unknown where a moving write may meet another access', () => {
    expect(periodOf([{ bytes: 0 }, { bytes: 2048 }], (builder) => negate(builder, 1, 0))).toBe(1);
    const meets = (builder: ProgramBuilder) => {
      negate(builder, 1, 0);
      builder.emit('VEC', { fn: 'neg', d: { kind: 'spm', value: 0 }, a: { kind: 'spm', value: (1 << 16) + 8192 }, length: 16 });
    };
    expect(periodOf([{ bytes: 0 }, { bytes: 2048 }], meets)).toBeUndefined();
  });

  it('is unknown where the body reads the counter or jumps out', () => {
    const reads = (builder: ProgramBuilder) => builder.emit('SETR', { fn: 'mov', flags: ['I'], d: register(1), a: counter(0) });
    expect(periodOf([], reads)).toBeUndefined();
    const jumps = (builder: ProgramBuilder) =>
      builder.emit('BR', { fn: 'lt', flags: ['I'], d: integer(2), a: register(1), b: integer(0) });
    expect(periodOf([], jumps)).toBeUndefined();
  });
});

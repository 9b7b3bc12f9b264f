import { expect, test } from 'vitest';
import type { ProgramBuilder } from '../../src/isa/builder.ts';
import { createProgramBuilder } from '../../src/isa/builder.ts';
import { agu, integer, register } from '../../src/isa/operands.ts';
import { decodeProgram } from '../../src/sequence/decode-program.ts';
import { createIntern } from '../../src/sequence/describe-state.ts';
import { createSequencer } from '../../src/sequence/sequencer.ts';
import { defaults } from './support.ts';

test('objects of equal content get one number, others another', () => {
  const intern = createIntern();
  const first = intern({ a: 1 });
  expect(intern({ a: 1 })).toBe(first);
  expect(intern({ a: 2 })).not.toBe(first);
});

/** State at every start of a further iteration of a loop around `body`. */
function statesOf(body: (builder: ProgramBuilder) => void): readonly (readonly number[])[] {
  const builder = createProgramBuilder('states.oasm');
  builder.agu(0, { space: 'spm', base: 0, strides: [{ level: 0, bytes: 64 }] });
  builder.loop(0, 4, () => body(builder));
  builder.emit('HALT');
  const program = builder.build();
  const sequencer = createSequencer({
    ...{ instructions: decodeProgram(program.words), regions: program.regions, groupDefaults: defaults, format: 'f32' },
    ...{ special: undefined, watchAccesses: true },
  });
  const states: number[][] = [];
  while (sequencer.next() !== undefined) {
    const loop = sequencer.loops?.crossed;
    if (loop === undefined || loop.level !== 0) continue;
    const state: number[] = [];
    sequencer.loops!.describe(loop, state);
    states.push(state);
  }
  return states;
}

test('iterations that leave everything as it was start in one state, whatever the counter', () => {
  const states = statesOf((builder) => {
    builder.emit('VEC', { fn: 'neg', d: agu(0), a: agu(0), length: 4 });
    builder.csr('global', 'ROWS', 3);
    builder.loop(1, 3, () => builder.emit('NOP'));
  });
  expect(states.length).toBe(3);
  expect(new Set(states.map((state) => state.join())).size).toBe(1);
});

test('registers and configuration that change make states differ', () => {
  const counts = statesOf((builder) =>
    builder.emit('SETR', { fn: 'add', flags: ['I'], d: register(1), a: register(1), b: integer(1) }),
  );
  expect(new Set(counts.map((state) => state.join())).size).toBe(3);
});

import { expect, test } from 'vitest';
import { createProgramBuilder, type ProgramBuilder } from '../../src/isa/builder.ts';
import { agu, integer, register } from '../../src/isa/operands.ts';
import type { AccessRange } from '../../src/sequence/access-ranges.ts';
import { createAccessRanges } from '../../src/sequence/access-ranges.ts';
import { defineGenerator } from '../../src/sequence/address-generators.ts';
import { decodeProgram } from '../../src/sequence/decode-program.ts';
import type { IssuedOperation } from '../../src/sequence/issued-operation.ts';
import { createLoopStack } from '../../src/sequence/loop-stack.ts';
import type { SequencerState } from '../../src/sequence/sequencer-state.ts';
import { shape } from './support.ts';

const walk = defineGenerator({ dram: false, base: 1000, levels: [0, 7], strides: [64, 0], modulus: 128 });
const other = defineGenerator({ dram: false, base: 1000, levels: [0, 7], strides: [32, 0], modulus: 0 });

function instructionOf(write: (builder: ProgramBuilder) => void) {
  const builder = createProgramBuilder('word.oasm');
  write(builder);
  return decodeProgram(builder.build().words)[0]!;
}

const negate = instructionOf((builder) => builder.emit('VEC', { fn: 'neg', d: agu(1), a: agu(0, 8), length: 4 }));

/** Ranges of word 0 after it has run at the given addresses. */
function after(runs: readonly (readonly [generator: typeof walk, from: number])[]): readonly AccessRange[] | undefined {
  const ranges = createAccessRanges();
  for (const [at, [generator, from]] of runs.entries()) {
    const to = 1000 + 32 * at;
    const state = {
      generators: new Map([
        [0, generator],
        [1, other],
      ]),
      windows: new Map(),
      loops: { counters: [at] },
    };
    const operation = {
      ...{ word: 0, mnemonic: 'VEC', a: { kind: 'spm', address: from }, d: { kind: 'spm', address: to }, b: { kind: 'none' } },
      reads: [{ space: 'spm', from, to: from + 16 }],
      writes: [{ space: 'spm', from: to, to: to + 16 }],
    };
    ranges.record(state as unknown as SequencerState, negate, operation as unknown as IssuedOperation);
  }
  return ranges.of(0);
}

test('a word that has not run has no ranges', () => {
  expect(createAccessRanges().of(7)).toEqual([]);
});

test('ranges are hulls over all runs, with what moves them and where it began', () => {
  const [read, write] = after([
    [walk, 1008],
    [walk, 1072],
  ])!;
  expect(read).toMatchObject({ writes: false, from: 1008, to: 1088, longest: 16, last: 1072, origin: 1008, generator: walk });
  expect(write).toMatchObject({ writes: true, from: 1000, to: 1048, last: 1032, generator: other });
});

test('a word whose generator changes between runs follows no one pattern', () => {
  expect(
    after([
      [walk, 1008],
      [other, 1040],
      [walk, 1008],
    ]),
  ).toBeUndefined();
});

test('a transfer owns its whole buffer', () => {
  const transfer = instructionOf((builder) =>
    builder.emit('XFR', { fn: 'tt4', unit: 0, d: register(1), a: agu(0), b: integer(1), length: 2 }),
  );
  const ranges = createAccessRanges();
  const state = { generators: new Map([[0, walk]]), windows: new Map(), loops: createLoopStack() };
  const group = { ...shape(), rows: 40, columns: 8 };
  const [a, d] = [
    { kind: 'spm', address: 1000 },
    { kind: 'value', value: 6 },
  ];
  const row = { space: 'spm', from: 1192, to: 1256 };
  const operation = { word: 0, mnemonic: 'XFR', fn: 3, length: 2, a, d, b: { kind: 'none' }, group, reads: [row], writes: [row] };
  ranges.record(state as unknown as SequencerState, transfer, operation as unknown as IssuedOperation);
  expect(ranges.of(0)).toMatchObject([{ writes: true, from: 1000, to: 1000 + 3 * 40 * 8 * 4, walk: 64 }]);
});

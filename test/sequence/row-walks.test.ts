import { expect, test } from 'vitest';
import { createProgramBuilder, type ProgramBuilder } from '../../src/isa/builder.ts';
import { integer, register } from '../../src/isa/operands.ts';
import { decodeProgram } from '../../src/sequence/decode-program.ts';
import { createGroupTable } from '../../src/sequence/group-table.ts';
import { rowWalks } from '../../src/sequence/row-walks.ts';
import type { SequencerState } from '../../src/sequence/sequencer-state.ts';
import { defaults, shape } from './support.ts';

function walksOf(rows: number, write: (builder: ProgramBuilder) => void) {
  const builder = createProgramBuilder('walks.oasm');
  write(builder);
  const instructions = decodeProgram(builder.build().words);
  const groups = createGroupTable(defaults, 'f32');
  for (const id of [0, 1]) groups.define({ ...shape(), id, rows });
  return rowWalks(instructions, { groups } as SequencerState, { level: 0, start: 0, end: instructions.length, remaining: 9 });
}

const transfer = (builder: ProgramBuilder, id: number, length = 1) =>
  builder.emit('XFR', { fn: 'tt1', unit: 0, d: register(id), a: integer(0), b: integer(1), length });

test('a register that one transfer walks through many rows decides nothing else', () => {
  expect(walksOf(64, (builder) => transfer(builder, 3, 2))).toEqual([{ register: 3, rows: 64 }]);
});

test('short walks count as long ones do; shared registers and registers read elsewhere are part of the state', () => {
  expect(walksOf(31, (builder) => transfer(builder, 3))).toEqual([{ register: 3, rows: 31 }]);
  expect(walksOf(63, (builder) => transfer(builder, 3, 2))).toEqual([{ register: 3, rows: 63 }]);
  const twice = (builder: ProgramBuilder) => {
    transfer(builder, 3);
    transfer(builder, 3);
  };
  expect(walksOf(64, twice)).toEqual([]);
  const readElsewhere = (builder: ProgramBuilder) => {
    transfer(builder, 3);
    builder.emit('SETR', { fn: 'add', flags: ['I'], d: register(4), a: register(3), b: integer(1) });
  };
  expect(walksOf(64, readElsewhere)).toEqual([]);
});

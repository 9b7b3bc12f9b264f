import { describe, expect, it } from 'vitest';
import { instructions, type Mnemonic } from '../../isa/instructions.ts';
import type { InstructionSpec } from '../../isa/spec.ts';
import { extentsOf, quantisedFormat } from '../../src/sequence/extents.ts';
import type { Interval, ResolvedOperand, Window } from '../../src/sequence/issued-operation.ts';
import type { Located } from '../../src/sequence/operand-boxes.ts';
import { shape } from './support.ts';

const nothing: ResolvedOperand = { kind: 'none' };
const spm = (address: number): ResolvedOperand => ({ kind: 'spm', address });
const dram = (address: number): ResolvedOperand => ({ kind: 'dram', address });
const value = (number: number): ResolvedOperand => ({ kind: 'value', value: number });

type Parts = Partial<Omit<Located, 'mnemonic' | 'fn' | 'flags'>> & { fn?: string | number; flags?: readonly string[] };

/** Byte boxes of an operation, as "s100-120" (scratchpad) and "d…" (DRAM). */
function boxes(mnemonic: Mnemonic, { fn = 0, flags = [], ...parts }: Parts) {
  const row: InstructionSpec = instructions[mnemonic];
  const { reads, writes } = extentsOf({
    mnemonic,
    fn: typeof fn === 'number' ? fn : row.functions![fn]!,
    flags: flags.reduce((bits, flag) => bits | (1 << row.flags![flag]!.bit), 0),
    ...{
      length: 1,
      d: nothing,
      a: nothing,
      b: nothing,
      group: shape({ inFormat: 'u8', outFormat: 'bf16' }),
      format: 'f32',
      rows: 1,
    },
    ...parts,
  });
  const text = (all: readonly Interval[]) => all.map(({ space, from, to }) => `${space[0]}${from}-${to}`);
  return { reads: text(reads), writes: text(writes) };
}

const d = spm(1000);
const a = spm(100);
const b = spm(500);
const sizes = { height: 4, width: 5, channels: 3, kernelHeight: 2, kernelWidth: 3, strideY: 1, strideX: 1 };
const rest = { padTop: 0, padLeft: 0, padBottom: 0, padRight: 0, dilation: 1, outputHeight: 3, outputWidth: 3 };
const map: Window = { address: 200, ...sizes, ...rest };
const over: ResolvedOperand = { kind: 'window', window: map };

// the group has 5 inputs of one byte and 3 outputs of two
const cases: readonly (readonly [Mnemonic, Parts, readonly string[], readonly string[]])[] = [
  ['MVM', { d, a, length: 4 }, ['s100-120'], ['s1000-1024']],
  ['MVM', { d, a, length: 4, flags: ['ACC'] }, ['s100-120', 's1000-1024'], ['s1000-1024']],
  ['MVM', { d, a, length: 4, flags: ['RAW'] }, ['s100-120'], ['s1000-1048']],
  ['MVM', { d, a: over, length: 9 }, ['s200-260'], ['s1000-1054']],
  ['MVT', { d, a, length: 4 }, ['s100-112'], ['s1000-1040']],
  ['MVT', { d, a, length: 1, flags: ['ACC'] }, ['s100-103', 's1000-1010'], ['s1000-1010']],
  ['PRG', { a: dram(64), d, length: 5 }, ['d64-124'], ['s1000-1012']],
  ['PRG', { a: dram(64), length: 5 }, ['d64-124'], []],
  ['RDV', { fn: 'row', d, length: 2 }, [], ['s1000-1024']],
  ['RDV', { fn: 'column', d, length: 2 }, [], ['s1000-1040']],
  ['CAL', { fn: 'range', a, d, length: 4 }, ['s100-120'], ['s1000-1012']],
  ['CAL', { fn: 'adc-offset', length: 4 }, [], []],
  ['DLD', { d, a: dram(640), length: 10 }, ['d640-650'], ['s1000-1010']],
  ['DLD', { d, a: dram(640), fn: 3, length: 10 }, ['d640-670'], ['s1000-1030']],
  ['DLD', { d, a: dram(640), fn: 3, b: value(64), length: 10 }, ['d640-778'], ['s1000-1030']],
  ['DST', { d: dram(640), a, fn: 3, b: value(64), length: 10 }, ['s100-130'], ['d640-778']],
  ['DST', { d: dram(640), a, length: 8, flags: ['A'] }, ['s100-108', 'd640-648'], ['d640-648']],
  ['MOV', { fn: 'copy', d, a, length: 6 }, ['s100-124'], ['s1000-1024']],
  ['MOV', { fn: 'copy', d, a, length: 6, format: 'u8' }, ['s100-106'], ['s1000-1006']],
  ['MOV', { fn: 'strided', d, a, b: value(10), length: 6, rows: 3 }, ['s100-204'], ['s1000-1072']],
  ['MOV', { fn: 'spread', d, a, b: value(10), length: 6, rows: 3 }, ['s100-172'], ['s1000-1104']],
  ['MOV', { fn: 'im2col', d, a: over, length: 9, format: 'bf16' }, ['s200-320'], ['s1000-1324']],
  ['MOV', { fn: 'col2im', d, a: over, length: 9, format: 'bf16' }, ['s200-524', 's1000-1120'], ['s1000-1120']],
  ['MOV', { fn: 'transpose', d, a, length: 6, rows: 3 }, ['s100-172'], ['s1000-1072']],
  ['MOV', { fn: 'broadcast', d, a, length: 6, rows: 3 }, ['s100-124'], ['s1000-1072']],
  ['MOV', { fn: 'zero', d, length: 6 }, [], ['s1000-1024']],
  ['VEC', { fn: 'add', d, a, b, length: 6 }, ['s100-124', 's500-524'], ['s1000-1024']],
  ['VEC', { fn: 'mul', d, a, b: value(2), length: 6 }, ['s100-124'], ['s1000-1024']],
  ['VEC', { fn: 'mac', d, a, b, length: 6 }, ['s100-124', 's500-524', 's1000-1024'], ['s1000-1024']],
  ['VEC', { fn: 'select', d, a, b, length: 6 }, ['s100-124', 's500-524', 's1000-1024'], ['s1000-1024']],
  ['VEC', { fn: 'add', d, a, b, length: 6, rows: 3, flags: ['ROW'] }, ['s100-172', 's500-524'], ['s1000-1072']],
  ['ACT', { fn: 'relu', d, a, length: 6 }, ['s100-124'], ['s1000-1024']],
  ['ACT', { fn: 'tanh', d, a, b, length: 6, flags: ['DER'] }, ['s100-124', 's500-524'], ['s1000-1024']],
  ['ACT', { fn: 'lut', d, a, b, length: 6 }, ['s100-124', 's500-1524'], ['s1000-1024']],
  ['RED', { fn: 'sum', d, a, length: 6, rows: 3, format: 'bf16' }, ['s100-136'], ['s1000-1006']],
  ['RED', { fn: 'argmax', d, a, length: 6, rows: 3, format: 'bf16' }, ['s100-136'], ['s1000-1012']],
  ['POOL', { fn: 'max', d, a: over, length: 9 }, ['s200-440'], ['s1000-1108']],
  ['POOL', { fn: 'max', d, a: over, b, length: 9 }, ['s200-440'], ['s1000-1108', 's500-608']],
  ['POOL', { fn: 'max', d, a: over, b, length: 9, flags: ['BWD'] }, ['s200-308', 's500-608'], ['s1000-1240']],
  ['MMD', { d, a, b, length: 4, rows: 3, columns: 2 }, ['s100-148', 's500-532'], ['s1000-1024']],
  ['MMD', { d, a, b, length: 4, flags: ['ACC'] }, ['s100-116', 's500-516', 's1000-1004'], ['s1000-1004']],
  ['LOSS', { fn: 'mse', a, b, length: 6, rows: 3 }, ['s100-172', 's500-503'], []],
  ['LOSS', { fn: 'mse', d, a, b, length: 6, rows: 3 }, ['s100-172', 's500-503'], ['s1000-1072']],
  ['OPU', { a, b, d: value(1), length: 4 }, ['s100-120', 's500-524'], []],
  ['OPU', { a: over, b, d: value(1), length: 4 }, ['s200-260', 's500-524'], []],
  ['OPU', { a: value(2), b, d: value(1), flags: ['ONE-HOT-A'] }, ['s500-506'], []],
  ['PUL', { fn: 'row', a, d: value(1), length: 2 }, ['s100-106'], []],
  ['PUL', { fn: 'column', a, d: value(1), flags: ['I16'], length: 2 }, ['s100-120'], []],
  ['OPD', { d: dram(640), a, b, length: 4 }, ['s100-120', 's500-524', 'd640-700'], ['d640-700']],
  ['THA', { fn: 'to-i16', d, a, b: value(1), length: 6 }, ['s100-124'], ['s1000-1012', 's100-124']],
  ['XFR', { fn: 'tt1', d: value(4), a: value(0), b: value(1) }, [], []],
  ['XFR', { fn: 'tt2', d: value(4), a: dram(640), b: value(1) }, ['d688-700'], ['d688-700']],
  ['XFR', { fn: 'tt3', d: value(4), a, b: value(1), length: 2 }, ['s148-160', 's100-112'], ['s148-160', 's100-112']],
  ['XFR', { fn: 'tt4', d: value(1), a, b: value(1) }, ['s112-124', 's172-184', 's232-244'], ['s112-124', 's172-184', 's232-244']],
  ['SEND', { a, length: 6 }, ['s100-106'], []],
  ['RECV', { d, length: 6 }, [], ['s1000-1006']],
  ['RECV', { d, flags: ['ACC'], length: 6 }, ['s1000-1006'], ['s1000-1006']],
  ['QNT', { fn: 'to-i8', d, a, length: 6 }, ['s100-124'], ['s1000-1006']],
  ['QNT', { fn: 'to-f32', d, a, length: 6, format: 'i16' }, ['s100-112'], ['s1000-1024']],
];

describe('extents', () => {
  it.each(cases)('%s %o', (mnemonic, parts, reads, writes) => {
    expect(boxes(mnemonic, parts)).toEqual({ reads, writes });
  });

  it('covers every implemented mnemonic that names memory; the others touch none', () => {
    // the training words have a test of their own: training-extents.test.ts
    const covered = new Set([...cases.map(([mnemonic]) => mnemonic), 'OPU', 'PUL', 'XFR', 'OPD', 'THA']);
    for (const mnemonic of Object.keys(instructions) as Mnemonic[]) {
      const row: InstructionSpec = instructions[mnemonic];
      if (row.status === 'reserved' || covered.has(mnemonic)) continue;
      expect(row.class, mnemonic).toMatch(/control|simulation/);
      expect(boxes(mnemonic, { d, a, b })).toEqual({ reads: [], writes: [] });
    }
  });

  it('throws for a group operation without group', () => {
    expect(() => boxes('MVM', { d, a, group: undefined })).toThrow('MVM has no group');
  });

  it('clip keeps the format', () => {
    expect(quantisedFormat(instructions.QNT.functions.clip, 'bf16')).toBe('bf16');
  });
});

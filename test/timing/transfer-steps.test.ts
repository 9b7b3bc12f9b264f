import { expect, test } from 'vitest';
import { instructions } from '../../isa/instructions.ts';
import { createGroupPlans } from '../../src/timing/mvm-plan.ts';
import { transferSteps } from '../../src/timing/transfer-steps.ts';
import type { Word } from '../../src/timing/word.ts';
import { chip130, dram, group, groupCsrs, operation, program, spm, value } from './operations.ts';

const { XFR } = instructions;
const csrs = { ...groupCsrs, transferReads: 2 };
const source = group(0, 50, 30, { csrs });
const target = group(1, 50, 30, { csrs, firstTile: 8 });

function wordOf(rule: keyof typeof XFR.functions, a = spm(0), length = 1): Word {
  const [issued] = program([
    [
      operation('XFR', { fn: XFR.functions[rule], group: source, target, length, a, d: value(48) }),
      { pulseSlots: Float64Array.from({ length }, (_, row) => row + 1) },
    ],
  ]);
  const times = { fetchedPs: 0, issuedPs: 0, startedPs: 0 };
  return { ...issued!, slot: 0, units: [], task: undefined, behind: 0, stuck: undefined, done: false, ...times };
}

const steps = (word: Word) => transferSteps(word, createGroupPlans(chip130, 0));
const names = (word: Word) => steps(word).map(({ operation: { mnemonic } }) => mnemonic);

test('rules expand into a read, arithmetic, counts and pulses', () => {
  expect(names(wordOf('tt1'))).toEqual(['RDV', 'OPU']);
  expect(names(wordOf('tt2'))).toEqual(['RDV', 'VEC', 'THA', 'PUL']);
  expect(names(wordOf('tt3')).filter((name) => name === 'VEC').length).toBe(2);
  expect(names(wordOf('tt4')).filter((name) => name === 'VEC').length).toBe(5);
});

test('a buffer in DRAM is brought in and written back, all matrices of the rule', () => {
  const found = steps(wordOf('tt4', dram(0)));
  const moves = found.filter(({ operation: { mnemonic } }) => mnemonic === 'DLD' || mnemonic === 'DST');
  expect(moves.map(({ operation: { mnemonic, fn, length } }) => [mnemonic, fn, length])).toEqual([
    ['DLD', 3, 120],
    ['DST', 3, 120],
  ]);
});

test('rows take the words of the first, each with its own pulse slots', () => {
  const found = steps(wordOf('tt2', spm(0), 3));
  const pulses = found.filter(({ operation: { mnemonic } }) => mnemonic === 'PUL');
  expect(pulses.map(({ operation }) => operation)).toEqual([0, 1, 2].map(() => pulses[0]!.operation));
  expect(pulses[0]!.operation.d).toEqual(value(48));
  expect(pulses.map(({ activity }) => activity.pulseSlots![0])).toEqual([1, 2, 3]);
});

test('reads repeat as often as the source says, and only they carry a read task', () => {
  const found = steps(wordOf('tt2'));
  expect(found[0]!.task).toMatchObject({ reads: 2, vectors: 1 });
  expect(found.slice(1).every(({ task }) => task === undefined)).toBe(true);
});

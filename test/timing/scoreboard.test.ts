import fc from 'fast-check';
import { expect, test } from 'vitest';
import { instructions } from '../../isa/instructions.ts';
import { registerIds } from '../../isa/limits.ts';
import type { Interval } from '../../src/sequence/issued-operation.ts';
import { describeWait, mustWait } from '../../src/timing/scoreboard.ts';
import { bytes, flag, group, operation, value } from './operations.ts';

const intervals = fc.array(
  fc.record({
    space: fc.constantFrom<Interval['space']>('spm', 'dram'),
    from: fc.nat(20),
    count: fc.integer({ min: 1, max: 6 }),
  }),
  { maxLength: 3 },
);
const boxes = intervals.map((found) => found.map(({ space, from, count }) => bytes(from, count, space)));
const cells = (list: readonly Interval[]) =>
  list.flatMap(({ space, from, to }) => Array.from({ length: to - from }, (_, at) => `${space}${from + at}`));

test('words wait exactly when one writes a byte the other touches', () => {
  fc.assert(
    fc.property(boxes, boxes, boxes, boxes, (reads, writes, olderReads, olderWrites) => {
      const younger = operation('VEC', { reads, writes });
      const older = operation('VEC', { reads: olderReads, writes: olderWrites, word: 3 });
      const meets = (left: readonly Interval[], right: readonly Interval[]) =>
        cells(left).some((cell) => cells(right).includes(cell));
      const wanted = meets(reads, olderWrites) || meets(writes, olderWrites) || meets(writes, olderReads);
      expect(mustWait(younger, older)).toBe(wanted);
      if (wanted)
        expect(describeWait(younger, older)).toMatch(/^VEC at word 3, which (reads|writes) (spm|dram) bytes \d+ to \d+/);
    }),
    { seed: 23, numRuns: 300 },
  );
});

test('reads of a group run together; programming and written calibration exclude them', () => {
  const shape = group(4, 8, 8);
  const read = operation('MVM', { group: shape });
  const back = operation('MVT', { group: shape });
  const write = operation('PRG', { group: { ...shape }, word: 9 });
  const corrects = operation('CAL', { group: shape, flags: flag(instructions.CAL.flags.W.bit) });
  const looks = operation('CAL', { group: shape });
  expect([mustWait(read, back), mustWait(read, looks)]).toEqual([false, false]);
  expect([mustWait(read, write), mustWait(write, read), mustWait(read, corrects)]).toEqual([true, true, true]);
  expect(mustWait(read, operation('PRG', { group: group(5, 8, 8) }))).toBe(false);
  expect(describeWait(read, write)).toBe('PRG at word 9, which uses group 4');
});

test('scalar words wait for who adds to the specials they use', () => {
  const special = (id: number) => ({ kind: 'register', id }) as const;
  const branch = operation('BR', { a: special(registerIds.hits), b: value(1) });
  const reset = operation('SETR', { d: special(registerIds.saturations), a: value(0) });
  const plain = operation('SETR', { d: special(1), a: value(0) });
  const loss = operation('LOSS', { word: 2 });
  expect([mustWait(branch, loss), mustWait(reset, loss), mustWait(plain, loss)]).toEqual([true, false, false]);
  expect([mustWait(branch, operation('MVM')), mustWait(reset, operation('MVM'))]).toEqual([false, true]);
  expect(describeWait(branch, loss)).toBe('LOSS at word 2, which adds to a special register it uses');
});

test('no reason is given where there is none', () => {
  expect(() => describeWait(operation('VEC'), operation('ACT'))).toThrow('VEC at word 0 need not wait for ACT at word 0');
});

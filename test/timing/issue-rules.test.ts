import { expect, test } from 'vitest';
import { instructions } from '../../isa/instructions.ts';
import { createFabric } from '../../src/timing/fabric.ts';
import { isFree, unitsOf } from '../../src/timing/issue-rules.ts';
import type { WordRecord } from '../../src/timing/trace.ts';
import { bytes, chip130, flag, group, halt, load, mvm, operation, type Step, spm, time, value, vecAdd } from './operations.ts';

function records(steps: readonly Step[]): WordRecord[] {
  const found: WordRecord[] = [];
  time([...steps, halt], chip130, { trace: (record) => void found.push(record) });
  return found.sort((x, y) => x.sequence - y.sequence);
}

const fence = (classes: number, flags = 0) => operation('FENCE', { a: value(classes), flags });
const slow = load(0, 0, 64_000);
const after = vecAdd(1 << 17, 1 << 18, 16);

test('a fence holds what follows until the masked units are idle', () => {
  const [dma, , vector] = records([slow, fence(4), after]);
  expect(vector!.issuedPs > dma!.endedPs).toBe(true);
  const [other, , free] = records([slow, fence(2), after]);
  expect(free!.endedPs < other!.endedPs).toBe(true);
});

test('a release holds nothing back; no flags and no mask hold everything', () => {
  const release = flag(instructions.FENCE.flags.REL.bit);
  const [dma, , vector] = records([slow, fence(0, release), after]);
  expect(vector!.endedPs < dma!.endedPs).toBe(true);
  const [first, , held] = records([slow, fence(0), after]);
  expect(held!.issuedPs > first!.endedPs).toBe(true);
});

test('a branch on hits waits for the loss that counts them, other words do not', () => {
  const loss = operation('LOSS', { a: spm(0), length: 1000, rows: 9, reads: [bytes(0, 36_000)] });
  const branch = operation('BR', { a: { kind: 'register', id: 49 }, b: value(1) });
  const [counted, waited] = records([loss, branch]);
  expect(waited!.endedPs > counted!.endedPs).toBe(true);
  const [, plain] = records([loss, operation('NOP')]);
  expect(plain!.endedPs < counted!.endedPs).toBe(true);
});

test('a full queue holds the controller', () => {
  const vectors = [0, 1, 2, 3, 4, 5].map((at) => vecAdd(at << 12, (at + 10) << 12, 512));
  const found = records(vectors);
  expect(found[3]!.issuedPs).toBe(15_000n);
  expect(found[4]!.issuedPs).toBe(found[0]!.endedPs);
});

test('units are the tiles of the group, or the one the word names', () => {
  const fabric = createFabric(chip130);
  const { layout } = fabric;
  expect(unitsOf(mvm(group(0, 300, 8, { firstTile: 9 }), 0, 0, 1), fabric)).toEqual([layout.tile + 9, layout.tile + 10]);
  expect(unitsOf(load(0, 0, 8, 1), fabric)).toEqual([layout.dma + 1]);
  expect(unitsOf(halt, fabric)).toEqual([]);
});

test('marks, ageing and free programming cost nothing', () => {
  expect([operation('MARK'), operation('DLY', { flags: 1 }), operation('PRG', { flags: 1 })].map(isFree)).toEqual([
    true,
    true,
    true,
  ]);
  expect([operation('DLY'), operation('PRG'), operation('NOP'), after].some(isFree)).toBe(false);
});

import { expect, test } from 'vitest';
import type { WordRecord } from '../../src/timing/trace.ts';
import { chip130, group, halt, mvm, type Step, time } from './operations.ts';

function records(steps: readonly Step[]): WordRecord[] {
  const found: WordRecord[] = [];
  time([...steps, halt], chip130, { trace: (record) => void found.push(record) });
  return found.sort((x, y) => x.sequence - y.sequence);
}

const left = group(0, 100, 100, { firstTile: 0 });
const both = group(1, 300, 100, { firstTile: 0 });
const right = group(2, 100, 100, { firstTile: 1 });

test('a tile executes one word at a time, in order', () => {
  const [first, second] = records([mvm(left, 0, 1 << 20, 5), mvm(left, 0, 1 << 21, 5)]);
  expect(second!.startedPs).toBe(first!.endedPs);
});

test('words of different tiles run together; a word on both waits for both', () => {
  const [first, second, third] = records([mvm(left, 0, 1 << 20, 9), mvm(right, 0, 1 << 21, 5), mvm(both, 0, 1 << 22, 1)]);
  expect(second!.startedPs < first!.endedPs).toBe(true);
  expect(third!.startedPs).toBe(first!.endedPs);
  expect(third!.units).toEqual(['tile 0', 'tile 1']);
});

test('a younger word does not overtake one that waits in its queue', () => {
  const [first, wide, last] = records([mvm(left, 0, 1 << 20, 9), mvm(both, 0, 1 << 21, 1), mvm(right, 0, 1 << 22, 1)]);
  expect(wide!.startedPs).toBe(first!.endedPs);
  expect(last!.startedPs).toBe(wide!.endedPs);
});

import { expect, test } from 'vitest';
import { chip130, fence, group, halt, mvm, operation, type Step, time, value, vecAdd } from './operations.ts';

const nops = (count: number): Step[] => Array.from({ length: count }, () => operation('NOP'));

test('one word per cycle', () => {
  expect(time([...nops(9), halt]).cycles).toBe(10n);
});

test('halt drains and tells the exit code', () => {
  const alone = time([vecAdd(0, 4096, 4096), fence, halt]);
  expect(time([vecAdd(0, 4096, 4096), operation('HALT', { a: value(7) })])).toMatchObject({
    ending: { ended: 'halted', exitCode: 7 },
    picoseconds: alone.picoseconds - 5000n,
  });
});

test('time goes to the phase of the oldest unfinished word', () => {
  const later = { ...vecAdd(1 << 17, 1 << 18, 64), phase: 2 };
  const { phasePs, picoseconds } = time([mvm(group(0, 256, 128), 0, 1 << 20, 1), later, { ...halt, phase: -1 }]);
  expect(phasePs).toEqual(
    new Map([
      [-1, 5000n],
      [0, picoseconds - 5000n],
    ]),
  );
  const turned = time([later, mvm(group(0, 256, 128), 0, 1 << 20, 1), halt]).phasePs;
  expect(turned.get(2)).toBe(BigInt(1 + 4 + 4 + 1) * 5000n);
});

test('marks between words take no time', () => {
  const mark = operation('MARK');
  expect(time([mark, ...nops(3), mark, mark, halt]).cycles).toBe(4n);
});

test('a word held back costs its fetch once', () => {
  const { actions } = time([vecAdd(0, 4096, 4096), vecAdd(4096, 1 << 16, 64), vecAdd(1 << 16, 1 << 17, 64), halt], chip130);
  expect(actions['controller.fetch']).toBe(4);
});

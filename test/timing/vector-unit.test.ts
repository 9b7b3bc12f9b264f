import { expect, test } from 'vitest';
import { chip130, halt, time, vecAdd } from './operations.ts';

const cycles = (elements: number, change = {}) =>
  Number(time([vecAdd(0, 1 << 20, elements), halt], { ...chip130, ...change }).cycles);

test('issue, start-up, a cycle per row of lanes, write-back, halt', () => {
  expect(cycles(16)).toBe(1 + 4 + 1 + 1 + 1);
  expect(cycles(1600)).toBe(1 + 4 + 100 + 25 + 1);
  expect(cycles(1600, { lanes: 32 })).toBe(1 + 4 + 50 + 25 + 1);
});

test('operands that come slower than the lanes work set the time', () => {
  expect(cycles(1600, { spmBanks: 1 })).toBe(1 + 200 + 200 + 1);
});

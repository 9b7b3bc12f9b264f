import { expect, test } from 'vitest';
import { rowSteps } from '../../src/machine/program-steps.ts';
import { testBench, testChip, testGroup } from './support.ts';

test('a row waits for the slowest cell of each run', () => {
  expect(rowSteps([3, 1, 2, 7, 5], 2)).toBe(3 + 7 + 5);
  expect(rowSteps([3, 1, 2, 7, 5], 1)).toBe(18);
  expect(rowSteps([3, 1, 2, 7, 5], 8)).toBe(7);
});

test('every tile of every replica reports its own serial steps and first reads', () => {
  const bench = testBench({ chip: testChip({ rows: 4, columns: 8 }) });
  const group = testGroup(6, 5, { rowBlocks: 2, columnBlocks: 2, replicas: 2 });
  const { programSteps, programReads, pulses, verifyReads } = bench.program(group, new Float32Array(30).fill(0.5));
  // one pulse per cell, four cells at once: rows x ceil(2 x columns / 4)
  expect([...programSteps!]).toEqual([4 * 2, 4 * 1, 2 * 2, 2 * 1, 4 * 2, 4 * 1, 2 * 2, 2 * 1]);
  // each run of four cells is read once before its pulses
  expect([...programReads!]).toEqual([...programSteps!]);
  expect([pulses, verifyReads]).toEqual([2 * 60, 2 * 2 * 60]);
});

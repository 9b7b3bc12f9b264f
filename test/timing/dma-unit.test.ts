import { expect, test } from 'vitest';
import { instructions } from '../../isa/instructions.ts';
import { dramBytes } from '../../src/timing/dma-unit.ts';
import { bytes, chip130, dram, flag, halt, load, operation, spm, time, unitUse } from './operations.ts';

const nanoseconds = (steps: ReturnType<typeof operation>[], change = {}) =>
  Number(time([...steps, halt], { ...chip130, ...change }).picoseconds) / 1000;
const store = operation('DST', {
  a: spm(0),
  d: dram(0),
  length: 6400,
  reads: [bytes(0, 6400)],
  writes: [bytes(0, 6400, 'dram')],
});

test('a load is set-up, latency, bus, scratchpad', () => {
  // Issue 5, set-up 50, latency 80, 6400 B at 12.8 GB/s 500, 25 words in each of 8 banks 125, halt 5.
  expect(nanoseconds([load(0, 0, 6400)])).toBe(5 + 50 + 80 + 500 + 125 + 5);
});

test('a store reads first', () => {
  expect(nanoseconds([store])).toBe(5 + 125 + 50 + 80 + 500 + 5);
});

test('channels share the bus but hide their latencies', () => {
  const both = nanoseconds([load(0, 0, 6400, 0), load(1 << 20, 1 << 16, 6400, 1)]);
  expect(both).toBe(nanoseconds([load(0, 0, 6400)]) + 500);
  const outcome = time([load(0, 0, 6400, 0), load(1 << 20, 1 << 16, 6400, 1), halt]);
  expect(unitUse(outcome, 'DRAM')).toEqual({ unit: 'DRAM', busyPs: 1_000_000, operations: 2 });
});

test('rows multiply, adding stores move twice, gaps between rows do not count', () => {
  expect(dramBytes(load(0, 0, 100))).toBe(100);
  expect(dramBytes({ ...load(0, 0, 100), fn: 3, reads: [bytes(0, 5000, 'dram')] })).toBe(300);
  expect(dramBytes({ ...store, flags: flag(instructions.DST.flags.A.bit) })).toBe(12_800);
  expect(dramBytes(operation('PRG', { reads: [bytes(0, 64, 'dram'), bytes(0, 8)] }))).toBe(64);
});

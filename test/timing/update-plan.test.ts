import { expect, test } from 'vitest';
import { instructions } from '../../isa/instructions.ts';
import { outerPlan, pulsePlan } from '../../src/timing/update-plan.ts';
import { chip130, flag, group, groupCsrs, operation } from './operations.ts';

const csrs = { ...groupCsrs, mapping: 'digital-offset' as const };
const small = group(0, 200, 100, { csrs, columnBlocks: 1 });
const tall = group(1, 500, 256, { csrs, columnBlocks: 1 });
const { OPU, PUL } = instructions;

test('one tile: a packet of x and a packet of d, each through its buffer port', () => {
  const plan = outerPlan(operation('OPU', { length: 3 }), small, chip130);
  // 200 inputs of 1 byte and 100 outputs of 4 bytes over 16-byte flits and a 32-byte port.
  expect(plan.packets.map(({ flits }) => flits)).toEqual([13, 25]);
  expect(plan).toMatchObject({
    rowBytes: 200,
    columnBytes: 400,
    traffic: { hops: 38, wire: 0 },
    bufferCycles: 7 + 13,
    bufferAccesses: 20,
  });
});

test('a one-hot operand is a command', () => {
  const plan = outerPlan(operation('OPU', { flags: flag(OPU.flags['ONE-HOT-A'].bit) }), small, chip130);
  expect(plan).toMatchObject({ rowBytes: 0, columnBytes: 400 });
  expect(plan.packets.map(({ flits }) => flits)).toEqual([1, 25]);
});

test('every row block takes its slice of x, all of them the same d; replicas are updated alike', () => {
  const one = outerPlan(operation('OPU'), tall, chip130);
  const two = outerPlan(operation('OPU'), { ...tall, replicas: 2 }, chip130);
  expect(one.packets.length).toBeGreaterThan(2);
  expect(two.bufferAccesses).toBe(2 * one.bufferAccesses);
  expect(two.bufferCycles).toBe(one.bufferCycles);
});

test('counts go to one block of lines, or to every tile its own', () => {
  const row = pulsePlan(operation('PUL', { fn: PUL.functions.row, length: 2 }), tall, chip130);
  expect(row.packets.map(({ flits }) => flits)).toEqual([(2 * 256) / 16]);
  const column = pulsePlan(operation('PUL', { fn: PUL.functions.column, length: 1 }), tall, chip130);
  expect(column.packets.map(({ flits }) => flits)).toEqual([16, 16]);
  const matrix = pulsePlan(operation('PUL', { fn: PUL.functions.matrix, length: 500 }), tall, chip130);
  expect(matrix.packets.map(({ flits }) => flits)).toEqual([(256 * 256) / 16, (244 * 256) / 16]);
});

test('a row that the tile drives itself is not sent', () => {
  const constant = { ...tall, rows: 257, csrs: { ...csrs, constantRow: true } };
  const { packets, rowBytes } = outerPlan(operation('OPU'), constant, chip130);
  expect(rowBytes).toBe(256);
  expect(packets.slice(0, 2).map(({ flits }) => flits)).toEqual([16, 1]);
});

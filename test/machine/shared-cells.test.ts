import { expect, test } from 'vitest';
import { shareCells } from '../../src/machine/shared-cells.ts';
import type { GroupShape } from '../../src/sequence/issued-operation.ts';
import { testBench, testGroup } from './support.ts';

const shape = (fields: Partial<GroupShape>): GroupShape =>
  ({
    ...{ id: 0, firstTile: 0, rowBlocks: 1, columnBlocks: 1, replicas: 1, rows: 8, columns: 8, rowOffset: 0, columnOffset: 0 },
    ...fields,
  }) as GroupShape;

test.each([
  ['the same tile', {}, {}, true],
  ['neighbours', { firstTile: 1 }, {}, false],
  ['the last copy of one', { replicas: 3 }, { firstTile: 2 }, true],
  ['two corners of one tile', {}, { rowOffset: 8, columnOffset: 8 }, false],
  ['the same rows of one tile', {}, { columnOffset: 4 }, true],
  ['a large group and a corner', { rowBlocks: 2, rows: 100 }, { firstTile: 1, rowOffset: 50 }, true],
] as const)('%s', (_, a, b, shared) => {
  expect(shareCells(shape(a), shape(b))).toBe(shared);
  expect(shareCells(shape(b), shape(a))).toBe(shared);
});

test('a group whose cells another one was written into is gone until it is written again', () => {
  const { program, multiply } = testBench();
  const [first, second] = [0, 1].map((id) => testGroup(2, 2, { id })) as [GroupShape, GroupShape];
  const weights = [0.5, -0.5, 0.25, 1];
  program(first, weights);
  expect([...multiply(first, [1, 1]).y]).toEqual([0.75, 0.5]);
  program(second, weights);
  expect(() => multiply(first, [1, 1])).toThrow('reads group W0, whose cells PRG of group W1 has written since');
  expect([...multiply(second, [1, 1]).y]).toEqual([0.75, 0.5]);
  program(first, weights);
  expect([...multiply(first, [1, 1]).y]).toEqual([0.75, 0.5]);
});

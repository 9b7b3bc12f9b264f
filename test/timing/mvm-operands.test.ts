import { expect, test } from 'vitest';
import { instructions } from '../../isa/instructions.ts';
import { mvmTask } from '../../src/timing/mvm-operands.ts';
import { createGroupPlans } from '../../src/timing/mvm-plan.ts';
import type { Word } from '../../src/timing/word.ts';
import { accumulate, chip130, flag, group, mvm, operation, spm, value } from './operations.ts';

const plans = createGroupPlans(chip130, 0);
const shape = group(0, 784, 256, { replicas: 2 });
const taskOf = (found: ReturnType<typeof operation>) => mvmTask({ operation: found } as Word, plans);

test('MVM reads dense vectors and deals them to the replicas', () => {
  const task = taskOf(mvm(shape, 8, 1 << 16, 5, { flags: accumulate }));
  expect(task).toMatchObject({
    replicas: 2,
    lanesPerReplica: 4,
    vectors: 5,
    reads: 1,
    outputAddress: 1 << 16,
    outputBytes: 1024,
  });
  expect(task).toMatchObject({ source: { kind: 'dense', address: 8 }, accumulates: true, writesOnce: false });
});

test('MVT exchanges the sides', () => {
  const task = taskOf(operation('MVT', { group: shape, a: spm(0), d: spm(0), length: 1 }));
  expect([task.plan.transposed, task.lanesPerReplica, task.outputBytes]).toEqual([true, 2, 784 * 4]);
});

test('RDV averages one-hot reads of one block; CAL writes once', () => {
  const flags = flag(instructions.RDV.flags.REP.bit);
  const row = operation('RDV', { group: shape, fn: instructions.RDV.functions.row, d: spm(0), b: value(6), flags, length: 3 });
  expect(taskOf(row)).toMatchObject({ replicas: 1, lanesPerReplica: 1, reads: 6, source: { kind: 'none' }, outputBytes: 1024 });
  expect(taskOf({ ...row, flags: 0 }).reads).toBe(1);
  expect(taskOf({ ...row, fn: instructions.RDV.functions.column }).outputBytes).toBe(784 * 4);
  const task = taskOf(operation('CAL', { group: shape, length: 9 }));
  expect(task).toMatchObject({ replicas: 1, vectors: 9, writesOnce: true, outputAddress: undefined, accumulates: false });
});

test('without a group there is no task', () => {
  expect(() => taskOf(operation('MVM', { word: 7 }))).toThrow('MVM at word 7 has no group');
});

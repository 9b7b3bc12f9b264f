import { expect, test } from 'vitest';
import { createMvmJob, shiftJob } from '../../src/timing/mvm-job.ts';
import { mvmTask } from '../../src/timing/mvm-operands.ts';
import { createGroupPlans } from '../../src/timing/mvm-plan.ts';
import type { Word } from '../../src/timing/word.ts';
import { chip130, group, mvm } from './operations.ts';

const jobOf = (vectors: number, replicas: number) => {
  const operation = mvm(group(0, 300, 8, { replicas }), 0, 0, vectors);
  return createMvmJob(mvmTask({ operation } as Word, createGroupPlans(chip130, 0)));
};

test('vectors are dealt in turn; shares differ by at most one', () => {
  expect(jobOf(8, 3).share).toEqual([3, 3, 2]);
  expect(jobOf(1, 3).share.map(Math.abs)).toEqual([1, 0, 0]);
  expect([jobOf(8, 3).fetched.length, jobOf(8, 3).left]).toEqual([6, 8]);
});

test('a shift moves every time and no count', () => {
  const job = jobOf(4, 1);
  job.fetched[0] = 2;
  shiftJob(job, -50);
  expect(job.stages).toEqual([
    { begun: -50, arrayFree: -50, converterFree: -50 },
    { begun: -50, arrayFree: -50, converterFree: -50 },
  ]);
  expect([...job.readyAt, ...job.arrival, ...job.ended, job.endPs].every((time) => time === -50)).toBe(true);
  expect([job.fetched[0], job.left]).toEqual([2, 4]);
});

import { expect, test } from 'vitest';
import { createFabric } from '../../src/timing/fabric.ts';
import { createMvmJob } from '../../src/timing/mvm-job.ts';
import { mvmTask } from '../../src/timing/mvm-operands.ts';
import { createMvmSteps } from '../../src/timing/mvm-steps.ts';
import type { Word } from '../../src/timing/word.ts';
import { accumulate, chip130, group, mvm } from './operations.ts';

function vectorOf(flags: number) {
  const fabric = createFabric(chip130);
  const word = { operation: mvm(group(0, 256, 128), 0, 1 << 16, 2, { flags }), activity: {} } as unknown as Word;
  return { fabric, word, job: createMvmJob(mvmTask(word, fabric.plans)), steps: createMvmSteps(fabric) };
}

test('one vector by hand: 256 bytes in, 664 ns in the tile, 256 bytes home, 512 written', () => {
  const { word, job, steps } = vectorOf(0);
  // Cycles of 5 ns: read 1, 16 flits over a hop of 3: 18, buffer 8; 664 ns to the next edge; shift-and-add 1, buffer 8.
  const out = steps.fetch(word, job, 0, 0, 0);
  expect(out).toBe(5_000 * (1 + 18 + 8) + 665_000 + 5_000 * (1 + 8));
  const arrived = steps.sendHome(job, 0, out);
  expect(arrived - out).toBe(5_000 * 18);
  expect(steps.writeBack(job, 0, arrived) - arrived).toBe(5_000 * 2);
});

test('adding to the old output reads it and takes the accumulator', () => {
  const { fabric, job, steps } = vectorOf(accumulate);
  // 512 bytes over 8 banks of 32: 2 cycles in, 2 out; 128 sums over 16 adders: 8.
  expect(steps.writeBack(job, 0, 0)).toBe(5_000 * (2 + 8 + 2));
  expect(fabric.resources.operations[fabric.layout.accumulator]).toBe(1);
});

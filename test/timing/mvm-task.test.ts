import { expect, test } from 'vitest';
import { createGroupPlans } from '../../src/timing/mvm-plan.ts';
import { vectorBytes } from '../../src/timing/mvm-task.ts';
import { chip130, group, groupCsrs } from './operations.ts';

test('a vector is as long as all its slices, whatever the replicas', () => {
  const plans = createGroupPlans(chip130, 0);
  expect(vectorBytes(plans.forward(group(0, 784, 256, { replicas: 3 })))).toBe(784);
  const wide = group(0, 784, 256, { csrs: { ...groupCsrs, inFormat: 'f32' } });
  expect([vectorBytes(plans.forward(wide)), vectorBytes(plans.transposed(wide))]).toEqual([3136, 1024]);
});

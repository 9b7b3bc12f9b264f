import { expect, test } from 'vitest';
import { workloadsFolder } from '../../src/cli/locate.ts';
import { nodeFiles } from '../../src/cli/node-files.ts';
import { compareChips } from '../../src/simulate/compare-chips.ts';
import { sharedReference } from '../../src/simulate/measure-chip.ts';
import { silentProgress } from '../../src/simulate/progress.ts';
import { issuesOf } from '../chip/support.ts';

test('an unknown chip is refused before anything is trained', () => {
  const ports = { files: nodeFiles, progress: silentProgress, workloads: workloadsFolder, now: () => 0 };
  const workload = { network: 'mlp-784-64-10', fidelity: 'timing', options: { samples: 1, epochs: 1 } } as const;
  expect(issuesOf(() => compareChips(['hermess'], workload, ports))).toMatchObject([{ nearest: 'hermes' }]);
});

test('chips of one comparison share what is trained, and what follows from it', () => {
  const shared = sharedReference();
  const owner = {};
  let made = 0;
  const make = (): number => (made += 1);
  expect([shared.once(owner, 'a', make), shared.once(owner, 'a', make), shared.once(owner, 'b', make)]).toEqual([1, 1, 2]);
  expect(shared.once({}, 'a', make)).toBe(3);
});

import { expect, test } from 'vitest';
import { workloadsFolder } from '../../src/cli/locate.ts';
import { nodeFiles } from '../../src/cli/node-files.ts';
import { compareChips } from '../../src/simulate/compare-chips.ts';
import { sharedReference } from '../../src/simulate/measure-chip.ts';
import { silentProgress } from '../../src/simulate/progress.ts';
import { issuesOf } from '../chip/support.ts';

const ports = { files: nodeFiles, progress: silentProgress, workloads: workloadsFolder, now: () => 0 };

test('an unknown chip is refused before anything is trained', () => {
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

test('a network keeps its accuracy on the published chips, whatever their mapping, input coding and slices', () => {
  const workload = { network: 'mlp-784-14-10', fidelity: 'values', options: { samples: 250, epochs: 6 } } as const;
  const chips = ['isaac', 'puma', 'hermes', 'neurram', 'neurosim-32nm', 'digital-14nm'];
  for (const { accuracy, provenance } of compareChips(chips, workload, ports)) {
    // NeuRRAM takes 4-bit inputs, and this network was not trained for them
    const loss = provenance.chip === 'neurram' ? 0.06 : 0.03;
    expect(accuracy!.reference).toBeGreaterThan(0.8);
    expect(accuracy!.simulated, provenance.chip).toBeGreaterThan(accuracy!.reference! - loss);
  }
});

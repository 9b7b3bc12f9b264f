import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { chipPreset } from '../../src/chip/presets.ts';
import { assemble } from '../../src/isa/assemble.ts';
import { asJson } from '../../src/report/as-json.ts';
import { compileSmall, reproducible, simulate } from './small-experiment.ts';

/** Three small runs, whole reports. A changed figure is a changed file in review: `npx vitest run test/simulate/golden.test.ts -u`. */
describe('golden reports', () => {
  it('the small network on the default chip', async () => {
    const report = simulate(compileSmall('digits-mlp-inference', { samples: 40, instances: 1 }));
    await expect(asJson(reproducible(report))).toMatchFileSnapshot('golden/digits-mlp.json');
  });

  it('LeNet-5, timing only, on the 14 nm chip', async () => {
    const report = simulate(compileSmall('mnist-lenet-inference', { samples: 2, chip: 'cmo-14nm' }), { fidelity: 'timing' });
    await expect(asJson(reproducible(report))).toMatchFileSnapshot('golden/lenet-timing.json');
  });

  it('a hand-written program', async () => {
    const text = readFileSync('workloads/programs/hello-mvm.oasm', 'utf8');
    const chip = { chip: chipPreset('cmo-130nm').description, assumptions: [] };
    await expect(asJson(reproducible(simulate(assemble(text, 'hello-mvm.oasm'), { chip })))).toMatchFileSnapshot(
      'golden/hello-mvm.json',
    );
  });
});

import { expect, test } from 'vitest';
import { asTable } from '../../src/report/as-table.ts';
import { chipsTables } from '../../src/report/chips-tables.ts';
import { defaultLinks } from '../../src/simulate/time-chips.ts';

test('controllers, what they scored, links, and why a controller did not halt', () => {
  const controller = {
    ...{ program: 'a.oasm', chip: 'ideal', seconds: 2e-6, cycles: 400, instructions: 9 },
    ...{
      energy: { total: 1e-9, byComponent: {} },
      busiest: { unit: 'tile 0', seconds: 1e-6 },
      byPhase: {},
      evaluations: [],
      samples: 0,
    },
  };
  const tables = chipsTables({
    schema: 'ohmic.controllers/1',
    ...{ ending: 'deadlocked', fidelity: 'full', sharedDram: true },
    races: [
      {
        sides: [
          { controller: 0, mnemonic: 'DST', place: 'a.oasm:4:2', access: 'writes' },
          { controller: 1, mnemonic: 'DLD', place: 'a.oasm:6:2', access: 'reads' },
        ],
        ...{ from: 64, to: 80, area: 'sum', times: 3, remedy: 'a BAR' },
      },
    ],
    seconds: 3e-6,
    energy: { total: 3e-9, chips: 2e-9, links: 1e-9 },
    controllers: [
      { ...controller, ending: 'deadlocked', why: 'RECV waits' },
      {
        ...{ ...controller, ending: 'halted', byPhase: { evaluate: 8e-6, forward: 3e-6 } },
        evaluations: [{ ageSeconds: 1, count: 4, hits: 3 }],
        ...{ samples: 4, referenceAccuracy: 0.8 },
      },
    ],
    links: [{ from: 0, to: 1, messages: 2, bytes: 24, seconds: 1e-9, joules: 1e-9 }],
    linkSettings: defaultLinks,
  });
  const text = tables.map((table) => asTable(table)).join('\n');
  expect(text).toMatch(/2 controllers on one DRAM: deadlocked/);
  expect(text).toMatch(/controller 0 +RECV waits/);
  expect(text).toMatch(/0 writes: DST at a.oasm:4:2 +1 reads: DLD at a.oasm:6:2 +64 to 79 \(sum\) +3 +a BAR/);
  expect(text).toMatch(/software \(float\) +80\.00 %/);
  expect(text).toMatch(/accuracy after 1 s +75\.00 %/);
  expect(text).toMatch(/time per sample +2 us/);
  expect(text).toMatch(/0 to 1 +2 +24 +1 ns +1 nJ/);
  expect(text).toContain('6.4 GB/s, 100 ns (assumed), 406 pJ a byte');
});

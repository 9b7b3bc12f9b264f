import { expect, test } from 'vitest';
import { asTable } from '../../src/report/as-table.ts';
import { mappingTables, trialsTable } from '../../src/report/mapping-tables.ts';
import type { ExplainedMapping } from '../../src/simulate/explain-mapping.ts';
import type { Trial } from '../../src/simulate/try-mapping.ts';

const trial: Trial = {
  ...{ share: 0, copiesFor: 'sum', stages: 1, len: 0, placement: 'in order', scratchpad: 2048, words: 99 },
  ...{ tiles: 3, latencySeconds: 4e-4, secondsPerSample: 3e-4, joulesPerSample: 1e-6 },
};

test('a layer shows its groups, copies and share of the time; layers without a matrix leave that out', () => {
  const mapping: ExplainedMapping = {
    ...{
      latencySeconds: 1e-3,
      tilesUsed: 6,
      tiles: 64,
      scratchpadUsed: 100,
      scratchpad: 1024,
      batch: 8,
      stages: 4,
      streams: [],
      shortage: {
        ...{ rounds: 2, tilesNeeded: 9, tilesKept: 1, writesPerBatch: 2, writes: 8, valuesInDram: 3, bytesInDram: 640 },
      },
      words: 99,
      bottleneck: 'conv',
    },
    layers: [
      {
        layer: 'conv',
        steps: 'matrix',
        matrix: { groups: 1, rows: 25, columns: 8, vectors: 784, blocks: '1 x 1', tiles: 6, replicas: 6, utilisation: 0.5 },
        seconds: 7.5e-4,
        joules: 1e-6,
        limit: 'tiles',
      },
      { layer: 'pool', steps: 'pool', seconds: 2.5e-4, joules: 1e-7, limit: 'vector units' },
    ],
  };
  const textOf = (shown: ExplainedMapping): string =>
    mappingTables(shown)
      .map((table) => asTable(table))
      .join('\n');
  const text = textOf(mapping);
  expect(text).toMatch(/conv +matrix +25 x 8 +784 +1 of 1 x 1 +6 +6 +50\.00 % +750 us +75\.00 %/);
  expect(text).toMatch(/pool +pool +250 us +25\.00 %/);
  expect(text).toContain('6 of 64');
  expect(text).toContain('4 stages, an image in each');
  expect(text).toContain('2 a batch: 9 tiles are needed, 1 keep their weights, a cell is written up to 8 times');
  expect(text).toContain('3, 640 bytes an image');
  const streams = [
    { steps: 4, turns: 9 },
    { steps: 2, turns: 3 },
  ];
  expect(textOf({ ...mapping, stages: 1, streams })).toContain('stream through 4 steps in 9 turns, then 2 steps in 3 turns;');
});

test('the mapping taken is marked', () => {
  const better: Trial = { ...trial, share: 0.5, copiesFor: 'slowest', stages: 4, tiles: 30, latencySeconds: 1e-4 };
  const text = asTable(trialsTable('latency', [trial, better], better));
  expect(text).toMatch(/\n +0 % +1 +in order +3 /);
  expect(text).toMatch(/\n +50 % \* +the slowest layer +4 +in order +30 /);
  expect(asTable(trialsTable('latency', [{ ...trial, len: 8 }], better))).toMatch(/\n +0 % +1 +8 +in order +3 /);
});

import { expect, test } from 'vitest';
import { asTable } from '../../src/report/as-table.ts';
import { chipsMappingTables, chipsTrialsTable } from '../../src/report/chips-mapping-tables.ts';
import type { ExplainedMapping } from '../../src/simulate/explain-mapping.ts';
import type { ChipsTrial } from '../../src/simulate/try-chips.ts';

const mapping: ExplainedMapping = {
  layers: [{ layer: 'conv', steps: 'matrix, send', seconds: 1e-6, joules: 1e-9, limit: 'tiles' }],
  ...{ latencySeconds: 2e-6, tilesUsed: 6, tiles: 64, scratchpadUsed: 100, scratchpad: 1024, batch: 8, streams: [], stages: 1 },
  shortage: { rounds: 1, tilesNeeded: 6, tilesKept: 6, writesPerBatch: 0, writes: 1, valuesInDram: 0, bytesInDram: 0 },
  ...{ words: 99, bottleneck: 'conv' },
};

test('every chip has its layers under a title of its own; messages and the whole follow', () => {
  const tables = chipsMappingTables({
    ...{ chips: [mapping, mapping], latencySeconds: 2e-6, links: [{ from: 0, to: 1, messages: 4, bytes: 64 }] },
  });
  expect(new Set(tables.map(({ name }) => name)).size).toBe(tables.length);
  const text = tables.map((table) => asTable(table)).join('\n');
  expect(text).toContain('Chip 1: layers on tiles, and one image alone');
  expect(text).toMatch(/0 to 1 +4 +64/);
  expect(text).toMatch(/waiting for one another included +2 us/);
});

test('trials say how the network was cut; the one taken has a star', () => {
  const first: ChipsTrial = {
    ...{ cut: 'by tiles', share: 0, copiesFor: 'sum', placement: 'in order', tiles: 3, mostTiles: 2, words: 160 },
    ...{ latencySeconds: 4e-4, secondsPerSample: 3e-4, joulesPerSample: 1e-6 },
  };
  const second: ChipsTrial = { ...first, cut: 'by time', share: 0.25, copiesFor: 'slowest', latencySeconds: 1e-4 };
  const text = asTable(chipsTrialsTable('latency', [first, second], second));
  expect(text).toMatch(/by tiles +0 % +in order +3 +2 +160 +400 us +300 us +1 uJ/);
  expect(text).toMatch(/by time \* +25 % +the slowest layer +in order/);
});

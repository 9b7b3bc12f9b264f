import { expect, test } from 'vitest';
import { explainChip } from '../../src/chip/explain.ts';
import { chipPreset } from '../../src/chip/presets.ts';
import { costOverviewTable, explainTables, shareTable } from '../../src/report/explain-tables.ts';

const chip = chipPreset('cmo-130nm');

test('the overview has a line for every cost, the part named once', () => {
  const parts = explainChip(chip);
  const { rows } = costOverviewTable(parts);
  expect(rows).toHaveLength(parts.reduce((sum, { costs }) => sum + costs.length, 0));
  const named = rows.map(([path]) => path).filter((path) => path !== '');
  expect(named).toEqual(parts.filter(({ costs }) => costs.length > 0).map(({ path }) => path));
});

test('a part is explained by formula, values, constants and what it leaves out', () => {
  const [adc] = explainChip(chip, 'tile.adc');
  const [costs, bands, parameters, constants, omitted] = explainTables(adc!);
  const convert = costs!.rows.find(([name]) => name === 'convert')!;
  expect(convert[2]).toContain('post-layout');
  expect(convert[3]).toContain('tile.adc.bits = 8');
  expect(parameters!.rows.map(([path]) => path)).toContain('tile.adc.bits');
  for (const row of [...parameters!.rows, ...constants!.rows]) expect(row.at(-1), `source of ${String(row[0])}`).not.toBe('');
  expect(bands!.rows.map(([cost]) => cost)).toEqual(['convert']);
  expect(omitted!.rows.flat()).toEqual(adc!.inaccuracies);
});

test('shares of a run add up to it; a part without a row in reports has none', () => {
  const report = {
    schema: 'ohmic.report/1' as const,
    name: 'small',
    energy: { total: 4, byComponent: { adc: 1, noc: 3 } },
    area: { total: 2, byComponent: { adc: 2 } },
    provenance: { chip: 'cmo-130nm' },
  };
  const { rows } = shareTable(explainChip(chip), report);
  const energy = rows.reduce((sum, [, , joules]) => sum + (joules as { value: number }).value, 0);
  expect(energy).toBe(4);
  expect(rows.map(([path]) => path)).not.toContain('mapping');
});

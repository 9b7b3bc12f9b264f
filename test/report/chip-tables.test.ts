import { expect, test } from 'vitest';
import { chipPaths } from '../../src/chip/components/components.ts';
import { chipPreset, listPresets } from '../../src/chip/presets.ts';
import { chipDocument, chipListTable, chipTables } from '../../src/report/chip-tables.ts';
import type { Measure } from '../../src/report/data-table.ts';

const chip = chipPreset('cmo-130nm');
const tableNamed = (name: string) => chipTables(chip).find((table) => table.name === name)!;
const value = (cell: unknown): number => (cell as Measure).value;

test('every value of the chip is shown with its source', () => {
  const { rows } = tableNamed('parameters');
  expect(rows.map(([path]) => path)).toEqual(chipPaths);
  for (const [path, , , source] of rows) expect(source, `source of ${String(path)}`).not.toBe('');
});

test('assumed values say so', () => {
  const row = tableNamed('parameters').rows.find(([path]) => path === 'tile.adc.inlLsb')!;
  expect(row[2]).toContain('assumed');
});

test('areas add up', () => {
  const rows = tableNamed('area').rows;
  const parts = rows.slice(0, -1).reduce((sum, row) => sum + value(row[3]), 0);
  expect(parts).toBeCloseTo(value(rows.at(-1)![3]), 12);
});

test('the energy of a product adds up to its peak figure', () => {
  const energy = value(tableNamed('peak').rows.find(([name]) => name === 'its energy')![1]);
  expect(value(tableNamed('mvm-energy').rows.at(-1)![1]) / energy).toBeCloseTo(1, 9);
});

test('the list has every preset, the default first', () => {
  const names = chipListTable(listPresets()).rows.map(([name]) => name);
  expect(names[0]).toBe('cmo-130nm');
  expect(names).toEqual(expect.arrayContaining(['cmo-14nm', 'ideal']));
});

test('the document is plain JSON with the hash of the chip', () => {
  const document = chipDocument(chip);
  expect(JSON.parse(JSON.stringify(document))).toEqual(document);
  expect(document.hash).toMatch(/^[0-9a-f]{64}$/);
});

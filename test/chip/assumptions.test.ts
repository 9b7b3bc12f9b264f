import { expect, test } from 'vitest';
import { assumptionsOf, describeConstant } from '../../src/chip/assumptions.ts';
import { loadChip } from '../../src/chip/load.ts';
import { chipPreset } from '../../src/chip/presets.ts';

const chip = chipPreset('cmo-130nm');

test('lists what nobody measured, values and constants, and nothing else', () => {
  const items = assumptionsOf(chip);
  for (const { source, value } of items) {
    expect(source).toMatch(/\bassumed\b/);
    expect(value.length).toBeGreaterThan(0);
  }
  const paths = items.map(({ path }) => path);
  expect(new Set(paths).size).toBe(paths.length);
  expect(items).toContainEqual({ path: 'tile.array.accessOhm', value: '2 kohm', source: 'assumed: half-open select transistor' });
  expect(paths).toContain('scratchpad:writeFactor');
  expect(paths).not.toContain('tile.array.readV');
});

test('a user who gives a source takes the assumption away', () => {
  const own = loadChip(
    'extends: cmo-130nm\ntile: { array: { accessOhm: { value: 1.8 kohm, source: our lot 7 } } }\n',
    'own.yaml',
  );
  expect(assumptionsOf(own)).toHaveLength(assumptionsOf(chip).length - 1);
});

test('constants are printed with their unit', () => {
  expect(describeConstant({ value: 1e-15, unit: 'F', source: '', doc: '' })).toBe('1e-15 F');
  expect(describeConstant({ value: 0.25, unit: '', source: '', doc: '' })).toBe('0.25');
});

import { expect, test } from 'vitest';
import { chipPaths, components, costModels, parameterAt } from '../../../src/chip/components/components.ts';
import { actionNames, componentNames } from '../../../src/chip/cost-table.ts';
import { chipPreset } from '../../../src/chip/presets.ts';

test('every row of the report has exactly one cost model with exactly its actions', () => {
  expect(costModels.map(({ component }) => component).sort()).toEqual([...componentNames].sort());
  for (const { component, actions } of costModels) {
    const expected: readonly string[] = component === 'clock-tree' ? [] : actionNames[component];
    expect(Object.keys(actions), component).toEqual(expected);
  }
});

test('every parameter belongs to one component and every component explains itself', () => {
  const owned = components.flatMap(({ parameters }) => Object.keys(parameters));
  expect(owned.sort()).toEqual([...chipPaths].sort());
  for (const { path, doc } of components) expect(doc.length, path).toBeGreaterThan(20);
  for (const path of chipPaths) expect(parameterAt(path).doc.length, path).toBeGreaterThan(5);
});

test('constants and formulas name their source', () => {
  for (const { path, constants } of components) {
    for (const [name, { source, doc, value }] of Object.entries(constants)) {
      expect(source.length, `${path} ${name}`).toBeGreaterThan(5);
      expect(doc.length, `${path} ${name}`).toBeGreaterThan(5);
      expect(Number.isFinite(value)).toBe(true);
    }
  }
  for (const { component, actions, area, leakage } of costModels) {
    for (const formula of [...Object.values(actions), area, leakage]) {
      expect(formula.source.length, component).toBeGreaterThan(5);
      for (const path of formula.uses) expect(chipPaths, component).toContain(path);
    }
  }
});

test('a cost that declares no parameter is zero', () => {
  const { description } = chipPreset('cmo-130nm');
  for (const { component, actions, area, leakage } of costModels) {
    for (const formula of [...Object.values(actions), area, leakage]) {
      if (formula.uses.length === 0) expect(formula.value(description), component).toBe(0);
    }
  }
});

import { expect, test } from 'vitest';
import { chipPaths } from '../../src/chip/components/components.ts';
import { chipSchema, isAnnotated, isParameter, type ParameterTree, parameterTree } from '../../src/chip/schema.ts';

const leaves = (tree: ParameterTree, path: string): string[] =>
  Object.entries(tree).flatMap(([key, node]) => (isParameter(node) ? [path + key] : leaves(node, `${path}${key}.`)));

test('the tree has every parameter once', () => {
  expect(leaves(parameterTree, '').sort()).toEqual([...chipPaths].sort());
});

test('members are optional, unknown ones refused', () => {
  expect(chipSchema.safeParse({}).success).toBe(true);
  expect(chipSchema.safeParse({ tile: { adc: {} } }).success).toBe(true);
  expect(chipSchema.safeParse({ tile: { adc: { bit: 3 } } }).success).toBe(false);
});

test('an annotated value has both value and source', () => {
  expect(isAnnotated({ value: 3, source: 's' })).toBe(true);
  expect(isAnnotated({ value: 3 })).toBe(false);
  expect(isAnnotated('3')).toBe(false);
});

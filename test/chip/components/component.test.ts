import { expect, test } from 'vitest';
import { component, tileCount, zeroFormula } from '../../../src/chip/components/component.ts';
import { standardChip } from './standards.ts';

test('a declaration is kept as it is', () => {
  const declaration = { path: 'x', doc: 'd', inaccuracies: [], parameters: {}, constants: {} };
  expect(component(declaration)).toBe(declaration);
});

test('tiles are counted over the grid; a zero cost says why', () => {
  expect(tileCount(standardChip('grid.rows=3', 'grid.columns=5'))).toBe(15);
  expect(zeroFormula('off').value(standardChip())).toBe(0);
  expect(zeroFormula('off').source).toBe('off');
});

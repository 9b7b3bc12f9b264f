import { expect, test } from 'vitest';
import { grid, mapping } from '../../../src/chip/components/grid.ts';
import { standardChip } from './standards.ts';

test('64 tiles of differential pairs by default', () => {
  const chip = standardChip();
  expect(chip.grid).toEqual({ rows: 8, columns: 8 });
  expect(chip.mapping).toEqual({ scheme: 'differential-pair', slices: 1, sliceBits: 0 });
  expect([...Object.keys(grid.parameters), ...Object.keys(mapping.parameters)]).toHaveLength(5);
});

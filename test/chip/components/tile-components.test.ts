import { expect, test } from 'vitest';
import { tileComponents } from '../../../src/chip/components/tile-components.ts';
import { standardChip } from './standards.ts';

test('a tile is its array and six kinds of periphery, each there once a tile or more', () => {
  expect(tileComponents.map(({ cost }) => cost.component)).toEqual([
    'crossbar',
    'input-driver',
    'sample-hold',
    'adc',
    'tile-digital',
    'tile-buffer',
    'train-generator',
  ]);
  for (const { cost } of tileComponents) expect(cost.count(standardChip()) % 64).toBe(0);
});

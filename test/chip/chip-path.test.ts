import { expect, test } from 'vitest';
import { readPath, writePath } from '../../src/chip/chip-path.ts';
import { chipPaths } from '../../src/chip/components/components.ts';
import type { ChipDescription } from '../../src/chip/description.ts';
import { chipPreset } from '../../src/chip/presets.ts';

test('writing every path of a chip makes the same chip', () => {
  const { description } = chipPreset('cmo-14nm');
  const copy = {} as ChipDescription;
  for (const path of chipPaths) writePath(copy, path, readPath(description, path));
  expect(copy).toEqual(description);
});

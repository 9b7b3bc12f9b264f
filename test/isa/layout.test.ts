import fc from 'fast-check';
import { expect, test } from 'vitest';
import { areaAlignment, createLayout } from '../../src/isa/layout.ts';

fc.configureGlobal({ seed: 1 });

test('areas of one memory never overlap, whatever their sizes', () => {
  const sizes = fc.array(
    fc.record({ space: fc.constantFrom('spm' as const, 'dram' as const), bytes: fc.integer({ min: 1, max: 5000 }) }),
    { maxLength: 20 },
  );
  fc.assert(
    fc.property(sizes, (areas) => {
      const layout = createLayout();
      for (const [index, { space, bytes }] of areas.entries())
        expect(layout.place(space, `s${index}`, bytes) % areaAlignment).toBe(0);
      for (const space of ['spm', 'dram']) {
        const placed = layout.symbols.filter((symbol) => symbol.space === space);
        for (const [index, { address, bytes }] of placed.entries())
          expect(placed[index + 1]?.address ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(address + bytes);
      }
    }),
  );
});

test('names are found; bad ones and empty areas are refused', () => {
  const layout = createLayout();
  layout.place('spm', 'x', 8);
  expect(layout.find('x')).toEqual({ name: 'x', space: 'spm', address: 0, bytes: 8 });
  expect(layout.find('y')).toBeUndefined();
  expect(() => layout.place('spm', '1x', 8)).toThrow('want letters');
  expect(() => layout.place('spm', 'y', 0)).toThrow('size 0');
  expect(() => layout.place('spm', 'y', 2, 2 ** 24 - 1)).toThrow('end of y');
});

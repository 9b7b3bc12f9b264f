import { expect, it } from 'vitest';
import { digitGlyphs } from '../../../src/network/data/digit-strokes.ts';

it('has several ways to write each digit, inside the unit box and about as high as it', () => {
  expect(digitGlyphs).toHaveLength(10);
  for (const glyphs of digitGlyphs) {
    expect(glyphs.length).toBeGreaterThanOrEqual(3);
    for (const glyph of glyphs) {
      const points = glyph.flat();
      for (const coordinate of points.flat()) {
        expect(coordinate).toBeGreaterThanOrEqual(0);
        expect(coordinate).toBeLessThanOrEqual(1);
      }
      const heights = points.map(([, y]) => y);
      expect(Math.max(...heights) - Math.min(...heights)).toBeGreaterThan(0.8);
      for (const stroke of glyph) expect(stroke.length).toBeGreaterThanOrEqual(2);
    }
  }
});

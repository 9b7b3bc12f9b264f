import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawPolyline, smooth } from '../../../src/network/data/rasterise.ts';

describe('smooth', () => {
  it('passes through every point and keeps straight lines straight', () => {
    const polyline = smooth([0, 0, 4, 2, 8, 4]);
    expect(polyline.slice(0, 2)).toEqual([0, 0]);
    expect(polyline.slice(10, 12)).toEqual([4, 2]);
    expect(polyline.slice(-2)).toEqual([8, 4]);
    for (let point = 0; point < polyline.length; point += 2) expect(polyline[point]! / 2).toBeCloseTo(polyline[point + 1]!, 12);
  });
});

describe('drawPolyline', () => {
  const draw = (polyline: number[], radius: number): Float32Array => {
    const ink = new Float32Array(100);
    drawPolyline(ink, 10, polyline, radius);
    return ink;
  };

  it('fades over one pixel at the edge of the pen', () => {
    const ink = draw([2, 5, 7, 5], 1);
    expect(Array.from(ink.filter((_, index) => index % 10 === 4))).toEqual([0, 0, 0, 0, 0.5, 1, 0.5, 0, 0, 0]);
  });

  it('stays in the page and in 0..1, wherever the stroke goes, and is the same drawn backwards', () => {
    const coordinate = fc.double({ min: -15, max: 25, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(coordinate, { minLength: 4, maxLength: 4 }),
        fc.double({ min: 0.5, max: 3, noNaN: true }),
        (line, radius) => {
          const ink = draw(line, radius);
          expect(ink.every((value) => value >= 0 && value <= 1)).toBe(true);
          const back = draw([line[2]!, line[3]!, line[0]!, line[1]!], radius);
          for (const [index, value] of ink.entries()) expect(Math.abs(back[index]! - value)).toBeLessThan(1e-6);
        },
      ),
      { seed: 4, numRuns: 60 },
    );
  });

  it('leaves the darker ink where strokes meet', () => {
    const once = draw([2, 5, 7, 5], 1);
    drawPolyline(once, 10, [2, 5, 7, 5], 1);
    expect(once).toEqual(draw([2, 5, 7, 5], 1));
  });

  it('draws a dot for a stroke without length', () => {
    expect(draw([5, 5, 5, 5], 0.5)[55]).toBe(1);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calibrateGroup, roundUpToImmediate } from '../../src/compiler/calibrate-ranges.ts';
import { floatImmediate, readFloatImmediate } from '../../src/isa/immediates.ts';
import { chipWith, placedOf, smallTiles, stageOf } from './support.ts';

const chip = chipWith('ideal', smallTiles);
const small = fc.float({ min: -4, max: 4, noNaN: true });

describe('calibration', () => {
  it('law: rounds up to the next number an immediate holds, by at most 2^-15', () => {
    fc.assert(
      fc.property(fc.double({ min: 2 ** -100, max: 2 ** 100, noNaN: true }), (value) => {
        const rounded = roundUpToImmediate(value);
        expect(rounded).toBeGreaterThanOrEqual(value);
        expect(rounded).toBeLessThanOrEqual(value * (1 + 2 ** -14));
        expect(readFloatImmediate(floatImmediate(rounded))).toBe(rounded);
      }),
      { seed: 14 },
    );
    expect([roundUpToImmediate(0), roundUpToImmediate(1.5)]).toEqual([0, 1.5]);
  });

  it('law: the range covers every partial sum of the calibration vectors, the weight maximum every weight', () => {
    const sizes = fc.tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 4 }));
    const drawn = sizes.chain(([rows, columns, count]) =>
      fc.record({
        rows: fc.constant(rows),
        columns: fc.constant(columns),
        count: fc.constant(count),
        weights: fc.array(small, { minLength: rows * columns, maxLength: rows * columns }),
        vectors: fc.array(small, { minLength: rows * count, maxLength: rows * count }),
      }),
    );
    fc.assert(
      fc.property(drawn, ({ rows, columns, count, weights, vectors }) => {
        const stage = stageOf(rows, columns, { weights: Float32Array.from(weights) });
        const scaling = calibrateGroup(placedOf(stage, chip), Float32Array.from(vectors), count, chip);
        expect(scaling.weightMax).toBeGreaterThanOrEqual(Math.max(...weights.map(Math.abs)));
        for (let vector = 0; vector < count; vector++) {
          const x = vectors.slice(vector * rows, (vector + 1) * rows);
          const scale = Math.max(...x.map(Math.abs)) || 1;
          for (let column = 0; column < columns; column++)
            for (let block = 0; block < rows; block += 8) {
              let sum = 0;
              for (let row = block; row < Math.min(block + 8, rows); row++)
                sum += (x[row]! / scale) * weights[row * columns + column]!;
              expect(Math.abs(sum) / scaling.weightMax).toBeLessThanOrEqual(scaling.adcRange);
            }
        }
      }),
      { seed: 15 },
    );
  });

  it('declares mean input and mean weight over full scale', () => {
    const stage = stageOf(2, 2, { weights: Float32Array.of(2, -1, 0, 1) });
    const scaling = calibrateGroup(placedOf(stage, chip), Float32Array.of(1, 0.5, -4, 0), 2, chip);
    expect(scaling).toMatchObject({ weightMax: 2, weightMean: 0.5, inputActivity: (1 + 0.5 + 1) / 4 });
    // vector 2 scaled to (-1, 0): the partial sum is -1 of full scale 2, vector 1 gives 1 and 0
    expect(scaling.adcRange).toBe(roundUpToImmediate(1.1));
  });

  it('leaves literal pairs unscaled', () => {
    const literal = chipWith('ideal', [...smallTiles, 'mapping.scheme=literal-pair']);
    const stage = stageOf(1, 2, { weights: Float32Array.of(0.25, -3) });
    expect(calibrateGroup(placedOf(stage, literal), Float32Array.of(1), 1, literal).weightMax).toBe(1);
  });

  it('falls back to the chip where nothing was seen', () => {
    const scaling = calibrateGroup(placedOf(stageOf(2, 2), chip), new Float32Array(), 0, chip);
    expect(scaling).toMatchObject({ weightMax: 1, adcRange: chip.tile.adc.range, inputActivity: 0.25, weightMean: 0 });
  });
});

import { describe, expect, test } from 'vitest';
import type { CellBlock } from '../../../src/device/cell-block.ts';
import { cellRecord } from '../../../src/device/pulsed/cell-record.ts';
import { createPulsed, type PulsedOptions } from '../../../src/device/pulsed/create-pulsed.ts';
import { createKernels } from '../../../src/numeric/create-kernels.ts';
import { moments } from '../../../src/numeric/moments.ts';

const kernels = createKernels();
const block: CellBlock = { chipSeed: 3, matrix: 2, row0: 0, column0: 0, rows: 200, columns: 200, device: 0, event: 0 };

/** Columns of the records by name. */
function draw(options: Partial<PulsedOptions>, where: Partial<CellBlock> = {}) {
  const at = { ...block, ...where };
  const count = at.rows * at.columns;
  const mark = kernels.mark();
  const records = kernels.allocate(4 * cellRecord.floats * count);
  createPulsed({ law: 'linear', granularity: 0.01, cycleNoise: 0, ...options }).populate(kernels, records, at);
  const all = kernels.f32(records, cellRecord.floats * count).slice();
  kernels.release(mark);
  return (field: keyof typeof cellRecord) =>
    Float64Array.from({ length: count }, (_, cell) => all[cellRecord.floats * cell + cellRecord[field]]!);
}

describe('cells', () => {
  test('without spread are all alike', () => {
    const of = draw({ upDown: -0.2, upper: 0.5, lower: -1 });
    expect(new Set(of('alphaUp')).size).toBe(1);
    expect(of('alphaUp')[0]).toBeCloseTo(0.008, 8);
    expect(of('alphaDown')[0]).toBeCloseTo(0.01, 8);
    expect([of('slopeUp')[0], of('slopeDown')[0], of('upper')[0], of('lower')[0]]).toEqual([-2, 1, 0.5, -1]);
    expect([...of('reference'), ...of('pulses')].every((x) => x === 0)).toBe(true);
  });

  test('spread as stated: steps, bounds, and up against down', () => {
    const of = draw({ granularitySpread: 0.2, upperSpread: 0.1, lowerSpread: 0.05, upDownSpread: 0.03 });
    const up = moments([...of('alphaUp')]);
    expect(up.mean).toBeCloseTo(0.01, 4);
    expect(up.deviation / 0.01).toBeCloseTo(Math.hypot(0.2, 0.03), 2);
    expect(moments([...of('upper')]).deviation).toBeCloseTo(0.1, 2);
    expect(moments([...of('lower')]).deviation).toBeCloseTo(0.05, 2);
    const [alphaUp, alphaDown] = [of('alphaUp'), of('alphaDown')];
    expect(moments([...alphaUp].map((a, i) => a - alphaDown[i]!)).deviation / 0.01).toBeCloseTo(0.06, 2);
  });

  test('log-normal steps have the median of the preset', () => {
    const steps = [...draw({ granularitySpread: 0.7829, logNormal: true })('alphaUp')];
    expect(moments(steps.map((alpha) => Math.log(alpha / 0.01))).mean).toBeCloseTo(0, 1);
    expect(moments(steps.map((alpha) => Math.log(alpha / 0.01))).deviation).toBeCloseTo(0.7829, 1);
  });

  test('a stated share is stuck near the middle', () => {
    const of = draw({ corrupt: 0.1 });
    const [up, high, low] = [of('alphaUp'), of('upper'), of('lower')];
    const stuck = [...up.keys()].filter((cell) => up[cell] === 0);
    expect(stuck.length / up.length).toBeCloseTo(0.1, 2);
    for (const cell of stuck) {
      expect(high[cell]).toBe(low[cell]);
      expect(Math.abs(high[cell]!)).toBeLessThanOrEqual(0.01);
    }
  });

  test('do not depend on how the matrix is cut, and differ between chips and matrices', () => {
    const spread = { granularitySpread: 0.3 };
    const whole = draw(spread)('alphaUp');
    const part = draw(spread, { row0: 50, column0: 30, rows: 2, columns: 3 })('alphaUp');
    expect([...part]).toEqual([0, 1].flatMap((r) => [...whole.subarray((50 + r) * 200 + 30, (50 + r) * 200 + 33)]));
    expect(draw(spread, { chipSeed: 4 })('alphaUp')).not.toEqual(whole);
    expect(draw(spread, { matrix: 1 })('alphaUp')).not.toEqual(whole);
  });
});

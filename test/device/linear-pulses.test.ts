import fc from 'fast-check';
import { expect, test } from 'vitest';
import { deviceSchema } from '../../src/device/device-file.ts';
import { fitLine, linearPulses } from '../../src/device/linear-pulses.ts';
import { cellRecord } from '../../src/device/pulsed/cell-record.ts';
import { meanStep, symmetryPoint } from '../../src/device/pulsed/symmetry-point.ts';
import { parseDevice } from '../../src/device/user-device.ts';
import { createKernels } from '../../src/numeric/create-kernels.ts';

const fileOf = (steps: object, more: object = {}) =>
  deviceSchema.parse({ name: 'mine', window: { min: '10 uS', max: '100 uS' }, steps, ...more });

/** One cell without spread. */
function cellOf(steps: object, more: object = {}) {
  const pulsed = linearPulses(fileOf(steps, more), 1e-10)!;
  const kernels = createKernels();
  const records = kernels.allocate(4 * cellRecord.floats);
  pulsed.populate(kernels, records, { chipSeed: 1, matrix: 0, row0: 0, column0: 0, rows: 1, columns: 1, device: 0, event: 0 });
  return { pulsed, record: kernels.f32(records, cellRecord.floats).slice() };
}

test('law: straight lines between constant steps and soft bounds are found', () => {
  const size = fc.double({ min: 1e-3, max: 1, noNaN: true });
  const slope = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(size, slope, (alpha, tilt) => {
      const line = fitLine((y) => alpha * (1 - tilt * y));
      expect(line.alpha).toBeCloseTo(alpha, 9);
      expect(line.slope).toBeCloseTo(tilt, 9);
    }),
    { seed: 31, numRuns: 50 },
  );
  // steps that grow become constant ones
  expect(fitLine((y) => 1 + y / 2)).toEqual({ alpha: 1, slope: 0 });
});

test('steps of the file become steps of the cell, with their symmetry point', () => {
  // soft bounds over 90 uS: 6 uS at the far end, 3 uS mid-window, down 1.5 times as steep
  const { pulsed, record } = cellOf({ conductance: [10, 100], up: [6, 0], down: [0, -9], noise: 0.5, floor: 0.3 });
  for (const x of [-1, -0.5, 0, 0.5, 1]) {
    expect(meanStep(pulsed, record, 0, x, true)).toBeCloseTo((3 * (1 - x)) / 45, 6);
    expect(meanStep(pulsed, record, 0, x, false)).toBeCloseTo((4.5 * (1 + x)) / 45, 6);
  }
  expect(symmetryPoint(pulsed, record, 0)).toBeCloseTo(-0.2, 6);
  expect(pulsed.granularity).toBeCloseTo((3 * 1.2) / 45, 6);
  expect(pulsed.cycleNoise).toBeCloseTo(0.5 + 0.3 / 3.6, 6);
  expect(pulsed.halfJoules).toBeCloseTo(2e-11, 15);
});

test('stuck cells do not move; a device without steps, or whose steps vanish, cannot be pulsed', () => {
  const steps = { conductance: [10, 100], up: [6, 0], down: [0, -6] };
  const { pulsed, record } = cellOf(steps, { faults: { stuckLow: 1 } });
  expect(meanStep(pulsed, record, 0, 0, true)).toBeCloseTo(0, 12);
  expect(linearPulses({ ...fileOf(steps), steps: undefined }, 0)).toBeUndefined();
  expect(linearPulses(fileOf({ ...steps, up: [0, 0] }), 0)).toBeUndefined();
  const still = 'name: a\nwindow: { min: 1 uS, max: 2 uS }\nprogramming: { error: { polynomial: [0] } }\n';
  expect(parseDevice(still, 'a.yaml').inaccuracies).toContain('no update pulses: the cell cannot be trained on a chip');
});

import { describe, expect, test } from 'vitest';
import { idleActivity } from '../../src/sequence/activity.ts';
import { createActivityMeter, createMeasuredActivity, mixActivities } from '../../src/simulate/measured-activity.ts';
import { group as groupOf, operation } from '../timing/operations.ts';

const group = groupOf(3, 300, 40, { rowBlocks: 2 });
const read = operation('MVM', { group, length: 10 });
const pulse = operation('PUL', { group, length: 300 });

/** Means of two reads and two write-outs. */
function measured() {
  const meter = createActivityMeter();
  meter.add(read, {
    ...idleActivity,
    readJoules: 4e-12,
    inputActivity: 0.2,
    retries: Uint8Array.of(0, 1, 0, 2, 0, 0, 0, 0, 0, 0),
  });
  meter.add(read, { ...idleActivity, readJoules: 2e-12, inputActivity: 0.4 });
  meter.add(pulse, { ...idleActivity, pulses: 40, pulseSlots: Float64Array.of(12), programSteps: Float64Array.of(30, 10) });
  meter.add(pulse, { ...idleActivity, pulses: 20, pulseSlots: Float64Array.of(6), programSteps: Float64Array.of(2, 20) });
  meter.add(operation('VEC', { length: 5 }), idleActivity);
  return meter.means();
}

describe('measured activity', () => {
  const activity = createMeasuredActivity(measured());

  test('gives a word of the same work the means', () => {
    const found = activity(read)!;
    expect(found.readJoules).toBeCloseTo(3e-12, 20);
    expect(found.inputActivity).toBeCloseTo(0.3, 12);
    expect(activity(pulse)).toMatchObject({ pulses: 30, pulseSlots: Float64Array.of(9) });
  });

  test('scales with the work, and gives equal words the same record', () => {
    expect(activity(operation('MVM', { group, length: 40 }))!.readJoules).toBeCloseTo(1.2e-11, 20);
    expect(activity(operation('MVM', { group, length: 10 }))).toBe(activity(read));
  });

  test('spreads whole retries that add up to the mean', () => {
    const { retries } = activity(operation('MVM', { group, length: 100 }))!;
    expect(retries!.reduce((sum, each) => sum + each, 0)).toBe(15);
  });

  test('keeps the mean of the slowest tile and the sum of all', () => {
    const steps = activity(pulse)!.programSteps!;
    expect(Math.max(...steps)).toBe(25);
    expect(steps.reduce((sum, each) => sum + each, 0)).toBe(31);
  });

  test('keeps how slots are spread over vectors', () => {
    const meter = createActivityMeter();
    const update = (length: number) => operation('OPU', { group, length });
    meter.add(update(4), { ...idleActivity, pulseSlots: Float64Array.of(8, 0, 0, 4) });
    const slots = (length: number) =>
      [...createMeasuredActivity(meter.means())(update(length))!.pulseSlots!].sort((x, y) => x - y);
    expect(slots(8)).toEqual([0, 0, 0, 0, 4, 4, 8, 8]);
    expect(slots(2)).toEqual([0, 6]);
    expect(slots(1)).toEqual([3]);
  });

  test('stretches the slowest of the updates that run side by side to the expected maximum', () => {
    const meter = createActivityMeter();
    const update = (id: number, slots: number) =>
      meter.add(operation('OPU', { group: groupOf(id, 30, 40), length: 1 }), {
        ...{ ...idleActivity, pulses: 6, pulseSlots: Float64Array.of(slots) },
      });
    for (const [one, other] of [
      [8, 2],
      [2, 6],
    ] as const) {
      update(1, one);
      update(2, other);
      meter.endBatch();
    }
    const [one, other] = meter.means();
    // Means are 5 and 4, the slower takes 8 and 6.
    expect(one).toMatchObject({ group: 1, slots: 7, pulses: 6 });
    expect(one!.slotShares.reduce((sum, [slots, share]) => sum + slots * share, 0)).toBeCloseTo(7, 12);
    expect(other).toMatchObject({ group: 2, slots: 4 });
  });

  test('knows nothing of words that were not measured', () => {
    expect(activity(operation('OPU', { group, length: 1 }))).toBeUndefined();
    expect(activity(operation('VEC', { length: 1 }))).toBeUndefined();
  });

  test('a mix weighs its parts', () => {
    const none = measured().map((entry) => ({ ...entry, pulses: 0 }));
    const mixed = mixActivities([
      { weight: 0.25, measured: measured() },
      { weight: 0.75, measured: none },
    ]);
    const found = createMeasuredActivity(mixed)(pulse)!;
    expect(found.pulses).toBe(Math.round(30 / 4));
    expect(found.pulseSlots![0]).toBeCloseTo(9, 12);
  });
});

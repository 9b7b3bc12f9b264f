import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createClock } from '../../src/timing/clock.ts';
import { passStages, tileLatencyPs } from '../../src/timing/tile-stages.ts';
import { chip130 } from './operations.ts';

const chip14 = { ...chip130, clockHz: 1e9, readPs: 137_000, conversionPs: 3_000, adcMux: 1, adcIntegrates: true };
const fresh = () => ({ begun: 0, arrayFree: 0, converterFree: 0 });

test('one vector: 264 ns read and 8 x 50 ns conversions, or 137 ns and 3 ns behind an integrating converter', () => {
  expect(tileLatencyPs(chip130)).toBe(664_000);
  expect(tileLatencyPs(chip14)).toBe(140_000);
  expect(passStages(fresh(), 0, 1, 1, 264_000, 400_000, createClock(200e6))).toBe(664_000);
  expect(passStages(fresh(), 0, 1, 1, 137_000, 3_000, createClock(1e9))).toBe(140_000);
});

test('the slower of array and converters sets the interval; the array waits for the sample-and-hold row', () => {
  const clock = createClock(200e6);
  const stages = fresh();
  const ends = [0, 1, 2, 3].map(() => passStages(stages, 0, 1, 1, 264_000, 400_000, clock));
  expect(ends).toEqual([664_000, 1_064_000, 1_464_000, 1_864_000]);
  expect(stages.begun).toBe(clock.atOrAfter(1_064_000));
  const fast = fresh();
  const quick = [0, 1, 2].map(() => passStages(fast, 0, 1, 1, 264_000, 40_000, clock));
  expect(quick).toEqual([304_000, 265_000 + 304_000, 530_000 + 304_000]);
});

test('passes overlap conversions, retries do not', () => {
  const clock = createClock(200e6);
  expect(passStages(fresh(), 0, 1, 3, 265_000, 400_000, clock)).toBe(265_000 + 3 * 400_000);
  expect(passStages(fresh(), 0, 3, 1, 265_000, 400_000, clock)).toBe(3 * 665_000);
});

test('more time for any part never ends a pass earlier', () => {
  const nat = fc.nat(1_000_000);
  fc.assert(
    fc.property(nat, nat, nat, fc.nat(50_000), fc.integer({ min: 1, max: 3 }), (ready, read, conversion, more, passes) => {
      const clock = createClock(200e6);
      const end = passStages(fresh(), ready, 1, passes, read, conversion, clock);
      expect(passStages(fresh(), ready + more, 1, passes, read, conversion, clock)).toBeGreaterThanOrEqual(end);
      expect(passStages(fresh(), ready, 1, passes, read + more, conversion, clock)).toBeGreaterThanOrEqual(end);
      expect(passStages(fresh(), ready, 1, passes, read, conversion + more, clock)).toBeGreaterThanOrEqual(end);
    }),
    { seed: 14 },
  );
});

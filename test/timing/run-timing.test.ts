import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { WordRecord } from '../../src/timing/trace.ts';
import { bytes, chip130, fence, group, halt, load, mvm, operation, spm, time, unitUse, value, vecAdd } from './operations.ts';
import { chips, programs } from './random-programs.ts';

const ns = (nanoseconds: number) => BigInt(nanoseconds * 1000);

test('one 256 x 128 vector by hand: issue, fetch, 664 ns in the tile, return, write', () => {
  const outcome = time([mvm(group(0, 256, 128), 0, 1 << 16, 1), halt]);
  // Cycles of 5 ns: issue 1; 256 B over 8 banks 1; 16 flits over 1 hop of 3: 18; buffer 8. Then 664 ns, to the edge at 805 ns.
  const converted = 5 * (1 + 1 + 18 + 8) + 664 + 1;
  // Shift-and-add 1, buffer 256 B / 32: 8, 16 flits home 18, write 512 B over 8 banks 2; HALT 1.
  expect(outcome.picoseconds).toBe(ns(converted + 5 * (1 + 8 + 18 + 2 + 1)));
  expect(outcome.ending).toEqual({ ended: 'halted', exitCode: 0 });
  expect(outcome.cycles).toBe(outcome.picoseconds / 5000n);
});

test('trace, rebasing and the closed form change nothing', () => {
  fc.assert(
    fc.property(chips, programs, (parameters, steps) => {
      const plain = { ...time(steps, parameters), events: 0 };
      const records: WordRecord[] = [];
      const traced = time(steps, parameters, {
        trace: (record) => void records.push(record),
        rebaseAtPs: 2_000_000,
        closedForm: false,
      });
      expect(records.length).toBe(steps.length);
      expect({ ...traced, events: 0 }).toEqual(plain);
    }),
    { seed: 16, numRuns: 60 },
  );
});

test('busiest unit <= total time <= sum of the words; phases add up; every word ends', () => {
  fc.assert(
    fc.property(chips, programs, (parameters, steps) => {
      const records: WordRecord[] = [];
      const outcome = time(steps, parameters, { trace: (record) => void records.push(record) });
      expect(outcome.ending).toEqual({ ended: 'halted', exitCode: 0 });
      const busiest = Math.max(...outcome.units.map(({ busyPs }) => busyPs));
      expect(busiest).toBeLessThanOrEqual(Number(outcome.picoseconds));
      const total = records.reduce((sum, { fetchedPs, endedPs }) => sum + (endedPs - fetchedPs), 0n);
      expect(outcome.picoseconds <= total).toBe(true);
      expect([...outcome.phasePs.values()].reduce((sum, part) => sum + part, 0n)).toBe(outcome.picoseconds);
      for (const { fetchedPs, issuedPs, startedPs, endedPs } of records) {
        expect(fetchedPs <= issuedPs && issuedPs <= startedPs && startedPs <= endedPs).toBe(true);
      }
    }),
    { seed: 17, numRuns: 60 },
  );
});

test('latencies change no count and no energy but leakage', () => {
  const late = fc.record({
    readPs: fc.nat(900_000),
    conversionPs: fc.nat(90_000),
    routerCycles: fc.nat(9),
    spmAccessCycles: fc.integer({ min: 1, max: 9 }),
    dramLatencyPs: fc.nat(900_000),
    dmaSetupCycles: fc.nat(40),
    vectorStartCycles: fc.nat(20),
    queueDepth: fc.integer({ min: 1, max: 9 }),
  });
  fc.assert(
    fc.property(late, programs, (change, steps) => {
      const usual = time(steps);
      const changed = time(steps, { ...chip130, ...change });
      expect(changed.actions).toEqual(usual.actions);
      expect(changed.dynamic).toEqual(usual.dynamic);
      expect(changed.operations).toBe(steps.length);
    }),
    { seed: 18, numRuns: 60 },
  );
});

test('a single read is never slower with more converters or a faster read', () => {
  fc.assert(
    fc.property(chips, fc.integer({ min: 1, max: 40 }), fc.constantFrom(16, 8, 4, 2), (parameters, vectors, adcMux) => {
      const steps = [mvm(group(0, 300, 200), 0, 1 << 20, vectors), halt];
      const slow = time(steps, { ...parameters, adcMux });
      expect(time(steps, { ...parameters, adcMux: adcMux / 2 }).picoseconds <= slow.picoseconds).toBe(true);
      expect(time(steps, { ...parameters, adcMux, readPs: parameters.readPs / 2 }).picoseconds <= slow.picoseconds).toBe(true);
    }),
    { seed: 19, numRuns: 60 },
  );
});

test('a single load is never slower with more bandwidth', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1 << 16 }),
      fc.double({ min: 1e8, max: 1e12, noNaN: true }),
      (count, dramBytesPerSecond) => {
        const slow = time([load(0, 0, count), halt], { ...chip130, dramBytesPerSecond });
        const fast = time([load(0, 0, count), halt], { ...chip130, dramBytesPerSecond: 2 * dramBytesPerSecond });
        expect(fast.picoseconds <= slow.picoseconds).toBe(true);
      },
    ),
    { seed: 20 },
  );
});

test('independent words on different units overlap; dependent ones do not', () => {
  const first = load(0, 0, 32_768, 0);
  const alone = time([first, halt]).picoseconds;
  const apart = time([first, vecAdd(1 << 17, 1 << 18, 1000), halt]).picoseconds;
  const chained = time([first, vecAdd(0, 1 << 18, 1000), halt]).picoseconds;
  expect(apart - alone <= 5000n).toBe(true);
  expect(chained > alone + 300_000n).toBe(true);
});

test('a silent DRAM ends in a deadlock that says who waits for whom', () => {
  const steps = [load(64, 0, 256), mvm(group(0, 256, 128), 0, 1 << 16, 1), fence, halt];
  const outcome = time(steps, { ...chip130, dramBytesPerSecond: 0 });
  expect(outcome.ending).toEqual({
    ended: 'deadlocked',
    waits: [
      'DLD at word 0 waits for the DRAM, which moves 0 bytes per second',
      'MVM at word 1 waits for DLD at word 0, which writes spm bytes 0 to 255 that it reads',
    ],
  });
});

test('queues that take nothing are a deadlock, too', () => {
  const outcome = time([vecAdd(0, 64, 8), halt], { ...chip130, queueDepth: 0 });
  const wanted = ['VEC at word 0 waits for room in the queue of vector unit 0, which takes 0 words'];
  expect(outcome.ending).toEqual({ ended: 'deadlocked', waits: wanted });
});

test('a bound on events is an ending, and a source without HALT a trap', () => {
  const steps = [mvm(group(0, 256, 128), 0, 1 << 16, 50), halt];
  expect(time(steps, chip130, { limits: { maxEvents: 20 } }).ending).toEqual({ ended: 'limit', limit: '20 events' });
  expect(time(steps.slice(0, 1)).ending).toEqual({ ended: 'trapped', word: 0, reason: 'the program ended before HALT' });
});

test('delays pass after a drain, cost no events however long, and belong to their phase; ageing takes no time', () => {
  const week = 7 * 24 * 3600;
  const delay = operation('DLY', { a: value(week * 1e9), phase: 2 });
  const outcome = time([vecAdd(0, 64, 8), delay, halt]);
  const without = time([vecAdd(0, 64, 8), halt]);
  expect(outcome.picoseconds).toBe(without.picoseconds + BigInt(week) * 10n ** 12n + 5000n);
  expect(outcome.phasePs.get(2)).toBe(BigInt(week) * 10n ** 12n + 5000n);
  expect(time([operation('DLY', { flags: 1, a: value(1e9) }), halt]).picoseconds).toBe(5000n);
  expect(time([operation('DLY', { a: value(Number.NaN) }), halt]).ending.ended).toBe('trapped');
});

test('a unit that does not exist is named', () => {
  expect(() => time([vecAdd(0, 64, 8, 2), halt])).toThrow('unit of VEC at word 0 is 2; want 0 to 1');
  const lost = operation('MVM', { a: spm(0), d: spm(64), length: 1, reads: [bytes(0, 8)] });
  expect(() => time([lost, halt])).toThrow('MVM at word 0 has no group');
});

test('tiles report how long their words held them', () => {
  const outcome = time([mvm(group(0, 256, 128), 0, 1 << 16, 1), halt]);
  expect(unitUse(outcome, 'tile 0').operations).toBe(1);
  expect(BigInt(unitUse(outcome, 'tile 0').busyPs)).toBe(outcome.picoseconds - 10_000n);
  expect(unitUse(outcome, 'tile 1')).toEqual({ unit: 'tile 1', busyPs: 0, operations: 0 });
});
